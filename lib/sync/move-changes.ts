import "server-only";
import { nextChanges } from "@/lib/db/answer-changes";
import { type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { SyncChangeState } from "@/prisma/generated/sqlite/enums";

/** Changes moved in one transaction: short enough that nobody's save waits for it. */
export const MOVED_AT_ONCE = 5_000;

/**
 * Moves all of a run's changes that stand at `from` on to another state, a transaction for so many. Killed in between,
 * the next call moves the rest.
 * @param first runs at the beginning of each transaction
 * @param only of those that stand at `from`, which
 */
export async function moveChanges(
  runId: string,
  from: SyncChangeState,
  data: Prisma.SyncChangeUncheckedUpdateManyInput & { state: SyncChangeState },
  first: (tx: Tx) => Promise<void> = async () => undefined,
  only: Prisma.SyncChangeWhereInput = {},
) {
  for (let after = 0; ; ) {
    const last = await transaction(async (tx) => {
      await first(tx);
      const next = await nextChanges(tx, { runId, state: from }, { after, take: MOVED_AT_ONCE });
      if (next === null) return null;
      await tx.syncChange.updateMany({ where: { ...only, runId, state: from, id: { gt: after, lte: next } }, data });
      return next;
    });
    if (last === null) return;
    after = last;
  }
}

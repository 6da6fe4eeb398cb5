import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { feedProfile } from "@/lib/sync/feed-profile";
import { READS_WHOLE_FEED } from "@/lib/sync/run-triggers";
import { feedPolicies, policiesOf } from "./policies";

/** A source's limits, what they are where nobody set them, and the figures that its last run came to; null for an unknown source. */
export async function getPolicies(actor: Actor, sourceId: string) {
  assertCan(actor, "sync:read");
  const source = await db.feedSource.findUnique({
    where: { id: sourceId },
    select: {
      id: true,
      name: true,
      kind: true,
      isActive: true,
      isSample: true,
      version: true,
      policies: true,
      _count: { select: { files: { where: { prunedAt: null } } } },
    },
  });
  if (!source) return null;
  const run = await db.syncHistory.findFirst({
    where: {
      feedSourceId: sourceId,
      isDryRun: false,
      trigger: { in: [...READS_WHOLE_FEED] },
      inputHash: { not: null },
    },
    orderBy: { number: "desc" },
    select: { number: true, profile: true },
  });
  const { policies, _count, ...rest } = source;
  return {
    source: rest,
    policies: policiesOf(source.kind, policies),
    defaults: policiesOf(source.kind, {}),
    filesKept: _count.files,
    lastRun: run && { number: run.number, figures: feedProfile.safeParse(run.profile).data?.figures ?? null },
  };
}
export type SourcePolicies = NonNullable<Awaited<ReturnType<typeof getPolicies>>>;

export const policiesInput = z.object({
  sourceId: z.uuid(),
  /** The source's version as the person saw it. */
  version: z.number().int(),
  policies: feedPolicies,
});

/**
 * Sets a source's limits; they hold from its next run on.
 * @throws {AppError} `conflict` when somebody changed the source meanwhile
 */
export async function changePolicies(actor: Actor, { sourceId, version, policies }: z.output<typeof policiesInput>) {
  assertCan(actor, "feed:run");
  return transaction(async (tx) => {
    const source = await tx.feedSource.findUnique({
      where: { id: sourceId },
      select: { name: true, kind: true, policies: true },
    });
    if (!source) throw new AppError("not_found", "There is no such feed source.");
    const before = policiesOf(source.kind, source.policies);
    const { count } = await tx.feedSource.updateMany({
      where: { id: sourceId, version },
      data: { policies, version: { increment: 1 } },
    });
    if (count === 0) {
      throw new AppError(
        "conflict",
        `Somebody else has changed ${source.name} since you opened this page. Load it again and enter your limits anew.`,
      );
    }
    const [limit, was] = [policies.missingRunsUntilReview, before.missingRunsUntilReview];
    if (limit < was) {
      // Past the new limit and not asked about under the old one: due with the next run that lacks them.
      await tx.sourceItem.updateMany({
        where: { sourceId, entity: "product", tombstonedAt: null, missingRuns: { gte: limit, lt: was } },
        data: { missingRuns: limit - 1 },
      });
    }
    await recordAudit(
      tx,
      actor,
      "feed.policies",
      { entity: "FeedSource", entityId: sourceId },
      { before: changedOnly(before, policies), after: changedOnly(policies, before) },
    );
    return { version: version + 1 };
  });
}

/** The values that differ from another set's. */
function changedOnly<T extends Record<string, string | number>>(values: T, other: T) {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => other[name] !== value));
}

import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countOpenChanges, countOpenRejections } from "@/lib/db/inbox";
import { INBOX_KINDS, type InboxKind } from "./inbox-row";
import { openFilter } from "./list-inbox";
import { listWaitingRuns } from "./list-waiting-runs";
import type { InboxSearch } from "./search-params";

/** Counting of one kind stops here: the screens say "1,000+". */
export const INBOX_COUNT_CAP = 1_000;

export interface InboxCount {
  total: number;
  /** There is more of some kind than was counted. */
  isCapped: boolean;
  kinds: Record<InboxKind, number>;
}

/** How much waits for a person, counted from what waits: cheap enough for every page. */
export async function countInbox(
  actor: Actor,
  search: Pick<InboxSearch, "source" | "assignee" | "q"> = { q: "" },
): Promise<InboxCount> {
  assertCan(actor, "sync:read");
  const filter = openFilter(actor, search);
  const changes = (kind: "match" | "conflict" | "missing") =>
    countOpenChanges({ ...filter, kinds: [kind] }, INBOX_COUNT_CAP);
  const [match, conflict, missing, refused, runs] = await Promise.all([
    changes("match"),
    changes("conflict"),
    changes("missing"),
    countOpenRejections(filter, INBOX_COUNT_CAP),
    listWaitingRuns(filter, { review: true, failed: true }),
  ]);
  const review = runs.filter((row) => row.kind === "review").length;
  const kinds = { review, failed: runs.length - review, match, conflict, refused, missing };
  return {
    total: INBOX_KINDS.reduce((sum, kind) => sum + kinds[kind], 0),
    isCapped: Object.values(kinds).some((count) => count >= INBOX_COUNT_CAP),
    kinds,
  };
}

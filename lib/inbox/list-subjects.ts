import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { listOpenChanges, listOpenRejections } from "@/lib/db/inbox";
import { openFilter } from "./list-inbox";
import { listWaitingRuns } from "./list-waiting-runs";
import type { InboxSearch } from "./search-params";

/** Things chosen at once: as many as one answer takes. */
export const MOST_CHOSEN = 1_000;

/** All things of one kind that a search finds, by name, for an answer to all of them. */
export async function listSubjects(
  actor: Actor,
  search: Pick<InboxSearch, "source" | "assignee" | "q"> & { kind: NonNullable<InboxSearch["kind"]> },
): Promise<string[]> {
  assertCan(actor, "sync:read");
  const filter = openFilter(actor, search);
  if (search.kind === "refused") {
    const rows = await listOpenRejections(filter, { limit: MOST_CHOSEN });
    return rows.map((row) => `rejection:${row.id}`);
  }
  if (search.kind === "review" || search.kind === "failed") {
    const wanted = { review: search.kind === "review", failed: search.kind === "failed" };
    return (await listWaitingRuns(filter, wanted)).map((row) => row.subject);
  }
  return (await listOpenChanges(filter, { limit: MOST_CHOSEN })).map((row) => `change:${row.id}`);
}

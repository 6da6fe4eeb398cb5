import "server-only";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { peopleById } from "@/lib/catalog/source-words";
import { db } from "@/lib/db/client";
import {
  listOpenChanges,
  listOpenRejections,
  type OpenChange,
  type OpenChangeKind,
  type OpenFilter,
  type OpenRejection,
} from "@/lib/db/inbox";
import { SOMEBODY_GONE } from "@/lib/users/person-names";
import { conflictWords } from "./conflict-words";
import { type InboxKind, type InboxRow, subjectNumber } from "./inbox-row";
import { listWaitingRuns } from "./list-waiting-runs";
import { type InboxSearch, readCursor, writeCursor } from "./search-params";

export const INBOX_PAGE = 50;
const CHANGE_KINDS: readonly OpenChangeKind[] = ["match", "conflict", "missing"];

type Bare = Omit<InboxRow, "assignee" | "comments">;

/** Everything that needs a person, what has waited longest first. @throws {AppError} `forbidden` */
export async function listInbox(actor: Actor, search: InboxSearch, size = INBOX_PAGE) {
  assertCan(actor, "sync:read");
  const filter = openFilter(actor, search);
  const cursor = readCursor(search.after);
  const wants = (kind: InboxKind) => !search.kind || search.kind === kind;
  const [changes, rejections, others] = await Promise.all([
    listOpenChanges(filter, { after: cursor.change, limit: size + 1 }),
    wants("refused") ? listOpenRejections(filter, { after: cursor.rejection, limit: size + 1 }) : [],
    listWaitingRuns(filter, { review: wants("review"), failed: wants("failed") }),
  ]);
  const { other } = cursor;
  const runs = others.filter((row) => !other || isAfter(row, other));
  const all = [...changes.map(changeRow), ...rejections.map(rejectionRow), ...runs];
  // Stable: within one kind the database's order stays.
  const page = all.sort((a, b) => a.since.getTime() - b.since.getTime()).slice(0, size);
  const next = { ...cursor };
  for (const row of page) advance(next, row);
  return { rows: await withPeople(await withConflicts(page)), next: all.length > size ? writeCursor(next) : null };
}

/** A conflict by what stands against what, not by how its product was found. */
async function withConflicts(rows: Bare[]): Promise<Bare[]> {
  const words = await conflictWords(rows.flatMap((row) => (row.kind === "conflict" ? subjectNumber(row.subject) : [])));
  return rows.map((row) => {
    const detail = row.kind === "conflict" && words.get(subjectNumber(row.subject));
    return detail ? { ...row, detail } : row;
  });
}

/** A search as the database asks it; "me" is whoever asks. */
export function openFilter(actor: Actor, search: Pick<InboxSearch, "kind" | "source" | "assignee" | "q">): OpenFilter {
  return {
    kinds: search.kind ? CHANGE_KINDS.filter((kind) => kind === search.kind) : CHANGE_KINDS,
    sourceId: search.source,
    assignee: search.assignee === "me" ? (actorUserId(actor) ?? "nobody") : search.assignee,
    q: search.q,
  };
}

function isAfter(row: Bare, { since, subject }: { since: number; subject: string }) {
  const time = row.since.getTime();
  return time > since || (time === since && row.subject > subject);
}

function advance(cursor: ReturnType<typeof readCursor>, row: Bare) {
  const since = row.since.getTime();
  const [what = "", id = ""] = row.subject.split(":");
  if (what === "change") cursor.change = { since, id: Number(id) };
  else if (what === "rejection") cursor.rejection = Number(id);
  else cursor.other = { since, subject: row.subject };
}

function changeRow(change: OpenChange): Bare {
  const kind = kindOf(change.kind);
  return {
    subject: `change:${change.id}`,
    kind,
    since: new Date(change.openSince),
    code: change.label,
    title: change.name || change.externalKey,
    detail: change.reason ?? (kind === "conflict" ? "The feed says other than the value a person keeps." : ""),
    source: change.source,
    sourceId: change.sourceId,
    run: change.run,
  };
}

/** What an open change asks. */
export function kindOf(changeKind: string): "match" | "conflict" | "missing" {
  if (changeKind === "ambiguous" || changeKind === "unmatched") return "match";
  return changeKind === "missing" ? "missing" : "conflict";
}

function rejectionRow(rejection: OpenRejection): Bare {
  return {
    subject: `rejection:${rejection.id}`,
    kind: "refused",
    since: new Date(rejection.createdAt),
    code: rejection.externalKey ?? "",
    title: rejection.reason,
    detail: `${rejection.file}, line ${rejection.line}`,
    source: rejection.source,
    sourceId: rejection.sourceId,
    run: rejection.run,
  };
}

async function withPeople(rows: Bare[]): Promise<InboxRow[]> {
  const subjects = rows.map((row) => row.subject);
  const [assignments, talks] = await Promise.all([
    db.inboxAssignment.findMany({ where: { subject: { in: subjects } } }),
    db.inboxComment.groupBy({ by: ["subject"], where: { subject: { in: subjects } }, _count: { _all: true } }),
  ]);
  const names = await peopleById(assignments.map((row) => row.assigneeId));
  const assigneeOf = new Map(assignments.map((row) => [row.subject, row.assigneeId]));
  const commentsOf = new Map(talks.map((talk) => [talk.subject, talk._count._all]));
  return rows.map((row) => {
    const id = assigneeOf.get(row.subject);
    return {
      ...row,
      assignee: id ? { id, name: names.get(id) ?? SOMEBODY_GONE } : null,
      comments: commentsOf.get(row.subject) ?? 0,
    };
  });
}

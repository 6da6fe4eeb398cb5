import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { countWaiting } from "@/lib/db/answer-changes";
import { db } from "@/lib/db/client";
import { type ChangeFilter, countChanges, findChangeIds } from "@/lib/db/run-changes";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { SyncChangeKind, type SyncChangeState } from "@/prisma/generated/sqlite/enums";
import { changeFields, changeLines, type FieldChange } from "./change";
import { NEEDS_A_PERSON } from "./finish-run";
import { type ChangedField, choiceOf, narrowed, type RowChoice } from "./review/row-choice";
import { isHeldKind } from "./run-words";

export const CHANGES_PER_PAGE = 50;
/** Fields of one change that a list shows before "all fields". */
const LINES_IN_LIST = 6;
/** What tells a new product best; its name stands beside them. */
const FIRST_OF_NEW = ["category", "priceCents", "brand", "path"];
/** Longest text of a value in a list, in characters: descriptions are read on the product's page. */
const VALUE_LENGTH = 400;

const changeRow = {
  id: true,
  entity: true,
  entityId: true,
  externalKey: true,
  label: true,
  name: true,
  action: true,
  kind: true,
  state: true,
  reason: true,
  rule: true,
  answeredById: true,
  answeredAt: true,
  answer: true,
  detail: { select: { fields: true } },
  file: true,
  line: true,
  appliedAt: true,
} satisfies Prisma.SyncChangeSelect;

export type ChangeRow = Omit<Prisma.SyncChangeGetPayload<{ select: typeof changeRow }>, "detail"> & {
  /** The person who answered it; null for a rule, or while it waits. */
  answeredBy: string | null;
  lines: FieldChange[];
  /** Fields beyond `lines`. */
  linesLeft: number;
};

export interface ChangeSearch {
  entity?: "product" | "category";
  kind?: SyncChangeKind;
  /** Only what a person must decide, or all but that; both without it. */
  held?: boolean;
  state?: SyncChangeState;
  field?: ChangedField;
  q?: string;
  after?: number;
  before?: number;
  size?: number;
  /** The change whose lines come in full; `all` for scripts. */
  open?: number | "all";
  /** Counts from 1; for scripts. Deep pages cost more than cursors. */
  page?: number;
  /** Count all changes, however many. */
  exact?: boolean;
}

/** A run's changes in the order they were found; `before`/`after` are change ids. */
export async function listRunChanges(actor: Actor, runId: string, search: ChangeSearch) {
  assertCan(actor, "sync:read");
  const size = search.size ?? CHANGES_PER_PAGE;
  const { entity, state, q = "" } = search;
  // Before anything is read: what changes from here on was not shown.
  const shownAt = new Date();
  const filter: ChangeFilter = { runId, entity, kinds: kindsOf(search.held), ...narrowed(search), state, q };
  const backwards = search.before !== undefined && search.after === undefined;
  const [found, total] = await Promise.all([
    findChangeIds(filter, {
      after: search.after,
      before: search.before,
      limit: size + 1,
      offset: ((search.page ?? 1) - 1) * size,
    }),
    countChanges(filter, { isExact: search.exact ?? false }),
  ]);
  const hasMore = found.length > size;
  const ids = backwards ? found.slice(hasMore ? 1 : 0) : found.slice(0, size);
  const stored = await db.syncChange.findMany({
    where: { id: { in: ids } },
    select: changeRow,
    orderBy: { id: "asc" },
  });
  const names = await personNames(
    db,
    stored.flatMap(({ answeredById }) => answeredById ?? []),
  );
  return {
    shownAt,
    rows: stored.map((change) => ({
      ...toRow(change, search.open === "all" || change.id === search.open),
      answeredBy: change.answeredById ? (names.get(change.answeredById) ?? SOMEBODY_GONE) : null,
    })),
    total,
    previous: (backwards ? hasMore : search.after !== undefined || (search.page ?? 1) > 1) ? (ids[0] ?? null) : null,
    next: backwards || hasMore ? (ids.at(-1) ?? null) : null,
  };
}

function kindsOf(held: boolean | undefined): readonly SyncChangeKind[] | undefined {
  if (held === undefined) return undefined;
  return held ? NEEDS_A_PERSON : Object.values(SyncChangeKind).filter((kind) => !isHeldKind(kind));
}

/** How many changes a choice finds that wait for an answer as they are shown now. */
export function countChosen(actor: Actor, { runId, choice }: { runId: string; choice: RowChoice }): Promise<number> {
  assertCan(actor, "sync:read");
  return countWaiting(db, choiceOf(runId, choice), { shownAt: new Date(), never: NEEDS_A_PERSON });
}

function toRow(
  { detail, ...change }: Prisma.SyncChangeGetPayload<{ select: typeof changeRow }>,
  isOpen: boolean,
): Omit<ChangeRow, "answeredBy"> {
  const lines = changeLines(changeFields.parse(detail?.fields ?? {})).filter(saysSomething);
  if (isOpen) return { ...change, lines, linesLeft: 0 };
  const shown =
    change.action === "create"
      ? lines.filter((line) => FIRST_OF_NEW.includes(line.field))
      : lines.slice(0, LINES_IN_LIST);
  return { ...change, lines: shown.map(shortened), linesLeft: lines.length - shown.length };
}

/** A field that was empty and stays empty is no change. */
function saysSomething({ before, after }: FieldChange) {
  return before !== null || after !== null;
}

function shortened(line: FieldChange): FieldChange {
  return { ...line, before: cut(line.before), after: cut(line.after) };
}

function cut(value: FieldChange["before"]) {
  return typeof value === "string" && value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH)}…` : value;
}

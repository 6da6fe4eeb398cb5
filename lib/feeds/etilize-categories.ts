import { parentsFirst, whyUnreached } from "./category-forest";
import { readRaw } from "./csv";
import type { RowPlace } from "./etilize-store";
import type { FeedCategory, FeedRecord, FeedRejection } from "./feed-record";
import { addRows, type RowProblem, repeatedRow } from "./rows";
import type { SourceFile } from "./source-files";

export interface CategoryRow extends RowPlace {
  id: number;
  parentId: number;
  isActive: boolean;
  sortOrder: number;
}

/** Etilize's 'Super Template': above all categories, and none itself. */
const ROOT_CATEGORY = 1;

export function isRootCategory({ id, parentId }: CategoryRow) {
  return id === ROOT_CATEGORY && parentId === 0;
}

/** The tree, parents before children; a row that has no place in it is refused with the reason. */
export function* etilizeCategories(
  rows: CategoryRow[],
  names: Map<number, string>,
  files: SourceFile[],
): Generator<FeedRecord> {
  const nodes = new Map<number, { id: number; parentId: number | null; row: CategoryRow }>();
  const rowsById = groupBy(rows, ({ id }) => id);
  const refused = new Map<number, RowProblem>();
  for (const [id, sameId] of rowsById) {
    const [first] = sameId;
    if (!first) continue;
    const differs = sameId.some((row) => row.parentId !== first.parentId || row.isActive !== first.isActive);
    if (differs) {
      const lines = sameId.map(({ line }) => line).join(", ");
      const reason = `Category ${id} appears ${sameId.length} times with different parents or states (rows ${lines}). None was taken.`;
      refused.set(id, { code: "several_parents", column: "parentcategoryid", reason });
    } else nodes.set(id, { id, parentId: isTop(first) ? null : first.parentId, row: first });
  }

  const told = new Set<number>();
  for (const { row } of parentsFirst(nodes)) {
    const name = names.get(row.id)?.trim();
    if (!name) {
      refused.set(row.id, { code: "name_missing", column: "name", reason: `Category ${row.id} has no English name.` });
      continue;
    }
    // A parent without a place has none for its children.
    if (!isTop(row) && !told.has(row.parentId)) continue;
    told.add(row.id);
    yield categoryOf(row, name, files);
  }

  for (const [id, sameId] of rowsById) {
    if (told.has(id)) yield* repeats(sameId, files);
    else yield refusal(sameId, refused.get(id) ?? whyUnreached(id, nodes, refused, "parentcategoryid"), files);
  }
}

function groupBy(rows: Iterable<CategoryRow>, keyOf: (row: CategoryRow) => number): Map<number, CategoryRow[]> {
  const groups = new Map<number, CategoryRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

function isTop({ parentId }: CategoryRow) {
  return parentId === ROOT_CATEGORY || parentId === 0;
}

function categoryOf(row: CategoryRow, name: string, files: SourceFile[]): FeedCategory {
  const file = files[row.file]?.name ?? "";
  return {
    record: "category",
    key: String(row.id),
    name,
    parentKey: isTop(row) ? null : String(row.parentId),
    sortOrder: row.sortOrder,
    isActive: row.isActive,
    at: { file, line: row.line },
    rows: { [file]: 1 },
  };
}

function* repeats([first, ...others]: CategoryRow[], files: SourceFile[]): Generator<FeedRejection> {
  for (const row of others) {
    const file = files[row.file];
    const firstFile = files[first?.file ?? 0];
    if (!first || !file || !firstFile) continue;
    const raw = readRaw(file, row.offset, row.bytes);
    yield repeatedRow(file, { line: row.line, raw }, { file: firstFile.name, line: first.line }, String(row.id));
  }
}

function refusal(rows: CategoryRow[], problem: RowProblem, files: SourceFile[]): FeedRejection {
  const counted = {};
  const raws: string[] = [];
  for (const row of rows) {
    const file = files[row.file];
    if (!file) continue;
    addRows(counted, file.name);
    raws.push(readRaw(file, row.offset, row.bytes));
  }
  const last = rows.at(-1);
  return {
    record: "rejection",
    severity: "error",
    at: { file: files[last?.file ?? 0]?.name ?? "", line: last?.line ?? 1 },
    ...problem,
    key: String(last?.id),
    raw: raws.join("\n"),
    counted: { as: "rejected", rows: counted },
  };
}

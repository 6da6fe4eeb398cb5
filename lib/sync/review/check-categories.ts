import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { CategoryMap, type CategoryNode } from "../category-map";
import type { ChangeFields, FieldChange } from "../change";
import type { Ending } from "./ending";
import { movedWords } from "./moved-words";

interface ApprovedChange {
  id: number;
  entity: "product" | "category";
  entityId: string | null;
  label: string;
  fields: ChangeFields;
}

type Node = Omit<CategoryNode, "level">;

/**
 * The approved changes that the tree of now does not allow: those that need a category which was turned down or still
 * waits, whose place in the tree is taken, or whose category changed since it was shown. Nothing for the others.
 */
export async function checkCategories(tx: Tx, batch: ApprovedChange[]): Promise<Map<number, Ending>> {
  const endings = new Map<number, Ending>();
  const needed = new Set(batch.flatMap(neededBy));
  const own = batch.flatMap(({ entity, entityId }) => (entity === "category" && entityId ? [entityId] : []));
  const columns = ["id", "name", "parentId", "path", "sortOrder", "isActive"]
    .map((c) => `"Category"."${c}"`)
    .join(", ");
  const rows = await selectRows<Node>(tx, "Category", columns, "id", [...new Set([...needed, ...own])]);
  const there = new Map(rows.map((row) => [row.id, row]));
  const paths = await takenPaths(tx, batch);
  // In order of id: a category stands before what needs it.
  for (const change of batch) {
    const ending = endingOf(change, there, paths);
    if (ending) endings.set(change.id, ending);
    else if (change.entityId && change.fields.category) {
      const { name, parentId, path, sortOrder, isActive } = change.fields.category;
      there.set(change.entityId, { id: change.entityId, name, parentId, path, sortOrder, isActive });
    }
  }
  await nameParents(tx, endings);
  return endings;
}

/** Ids of the categories that must be there before the change can go in. */
function neededBy({ fields }: ApprovedChange): string[] {
  const parents = fields.category?.parentId ? [fields.category.parentId] : [];
  const homes = fields.product?.categoryId ? [fields.product.categoryId] : [];
  const moves = (fields.update ?? []).flatMap((line) => (isPlacing(line) && line.afterId ? [line.afterId] : []));
  return [...parents, ...homes, ...moves];
}

function isPlacing({ field, kept }: FieldChange) {
  return (field === "category" || field === "parent") && !kept;
}

async function takenPaths(tx: Tx, batch: ApprovedChange[]): Promise<Set<string>> {
  const wanted = batch.flatMap(({ fields }) => (fields.category ? [fields.category.path] : []));
  const rows = await selectRows<{ path: string }>(tx, "Category", `"Category"."path"`, "path", wanted);
  return new Set(rows.map((row) => row.path));
}

function endingOf(change: ApprovedChange, there: Map<string, Node>, paths: Set<string>): Ending | null {
  const { entity, entityId, fields } = change;
  const absent = neededBy(change).some((id) => !there.has(id));
  if (absent) return { state: "staged", reason: homelessWords(change) };
  if (fields.category && paths.has(fields.category.path)) {
    return { state: "failed", reason: `A category with the address ${fields.category.path} was made meanwhile.` };
  }
  if (entity !== "category" || !entityId || !fields.update) return null;
  const node = there.get(entityId);
  if (!node) return { state: "skipped", reason: "The category is gone." };
  return changedSince(fields.update, node);
}

function homelessWords({ entity, fields }: ApprovedChange) {
  const name = fields.product?.categoryName ?? fields.update?.find(isPlacing)?.after;
  const called = name ? ` “${name}”` : "";
  return entity === "category"
    ? `The category above it${called} is not in the catalogue: approve that one first, or turn this down.`
    : `Its category${called} is not in the catalogue: approve the category first, or turn this down.`;
}

function changedSince(shown: FieldChange[], node: Node): Ending | null {
  const moved = shown.filter((line) => !isAsShown(line, node));
  if (moved.length === 0) return null;
  const lines = shown.flatMap((line) => {
    if (!moved.includes(line)) return [line];
    const now = presentOf(line, node);
    const isSame = line.field === "parent" ? now === (line.afterId ?? null) : now === line.after;
    if (isSame) return [];
    return [line.field === "parent" ? { ...line, beforeId: node.parentId } : { ...line, before: now }];
  });
  const words = movedWords(moved.map((line) => ({ shown: line, now: presentOf(line, node), isKept: false })));
  return { state: "staged", reason: words, lines };
}

function isAsShown(line: FieldChange, node: Node): boolean {
  if (!["name", "parent", "sortOrder", "isActive"].includes(line.field)) return true;
  return presentOf(line, node) === (line.field === "parent" ? (line.beforeId ?? null) : line.before);
}

function presentOf({ field }: FieldChange, node: Node): FieldChange["before"] {
  if (field === "parent") return node.parentId;
  if (field === "name") return node.name;
  // SQLite's raw rows hold booleans as 0 and 1.
  return field === "sortOrder" ? node.sortOrder : Boolean(node.isActive);
}

/** Lines that name another parent than was shown say it in words. */
async function nameParents(tx: Tx, endings: Map<number, Ending>) {
  const lines = [...endings.values()].flatMap((ending) =>
    ending.state === "staged" ? (ending.lines ?? []).filter((line) => line.field === "parent") : [],
  );
  if (lines.length === 0) return;
  const tree = await CategoryMap.load(tx, "");
  for (const line of lines) line.before = line.beforeId ? tree.fullName(line.beforeId) : null;
}

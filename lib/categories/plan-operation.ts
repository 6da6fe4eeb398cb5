import "server-only";
import { v7 as uuid } from "uuid";
import { slugify } from "@/lib/catalog/slug";
import type { Reader } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { sortKey } from "@/lib/search/fold";
import type { FieldChange } from "@/lib/sync/change";
import type { CategoryOperation } from "./category-operation";
import { freePath } from "./free-path";
import { planMerge } from "./plan-merge";
import { joiningOrder, placeAmong, type Sibling } from "./sibling-order";
import { fullName, getRowOrThrow, isWithin, listRowsUnder, type TreeRow } from "./tree-rows";
import type { PlannedOperation, TreeStep } from "./tree-step";

/**
 * What an operation comes to, as the tree stands on `on`: in the transaction that locks the tree nothing of it can
 * change before it is written. Writes nothing.
 * @throws {AppError} `not_found`; `conflict` where the tree does not allow it; `invalid_input` where it changes nothing
 */
export async function planOperation(on: Reader, operation: CategoryOperation): Promise<PlannedOperation> {
  if (operation.kind === "create") return planCreate(on, operation);
  const subject = await getRowOrThrow(on, operation.id);
  const { name } = subject;
  switch (operation.kind) {
    case "rename":
      return planRename(on, subject, operation);
    case "move":
      return { subject, name, steps: await planMove(on, subject, operation) };
    case "merge":
      return { subject, name, steps: await planMerge(on, subject, operation.intoId) };
    case "archive":
    case "restore":
      return { subject, name, steps: planActive(subject, operation.kind === "restore") };
    default:
      return operation satisfies never;
  }
}

async function planCreate(on: Reader, { parentId, name, beforeId }: Extract<CategoryOperation, { kind: "create" }>) {
  const parent = parentId === null ? null : await getRowOrThrow(on, parentId, "The category it shall stand under");
  const siblings = await listRowsUnder(on, parentId);
  assertNameFree(siblings, name, parent);
  const { path, slug } = await freePath(on, parent, slugify(name), { isNew: true });
  const id = uuid();
  const joining = { id, nameKey: sortKey(name), sortOrder: joiningOrder(siblings, 0) };
  const { own, others } = placed(siblings, joining, beforeId);
  const level = parent ? parent.level + 1 : 0;
  const category = { name, slug, path, parentId, level, sortOrder: own, isActive: true };
  const steps: TreeStep[] = [...others, { kind: "create", id, category }];
  return { subject: null, name, steps };
}

async function planRename(
  on: Reader,
  subject: TreeRow,
  { name, slug }: Extract<CategoryOperation, { kind: "rename" }>,
): Promise<PlannedOperation> {
  const lines: FieldChange[] = [];
  if (name !== subject.name) {
    const parent = subject.parentId === null ? null : await getRowOrThrow(on, subject.parentId);
    const siblings = await listRowsUnder(on, subject.parentId);
    assertNameFree(
      siblings.filter(({ id }) => id !== subject.id),
      name,
      parent,
    );
    lines.push({ field: "name", before: subject.name, after: name });
  }
  const wanted = slugify(slug ?? name);
  // Numbered because another had its name's address: a new letter case is no reason for another number.
  const isKept = slug === undefined && wanted === slugify(subject.name);
  if (wanted !== subject.slug && !isKept) lines.push({ field: "slug", before: subject.slug, after: wanted });
  if (lines.length === 0) throw new AppError("invalid_input", `It is called “${name}” already.`);
  return { subject, name, steps: [{ kind: "update", node: subject, lines }] };
}

async function planMove(
  on: Reader,
  subject: TreeRow,
  { parentId, beforeId }: Extract<CategoryOperation, { kind: "move" }>,
): Promise<TreeStep[]> {
  const parent = parentId === null ? null : await getRowOrThrow(on, parentId, "The category it shall stand under");
  assertNoCycle(subject, parent);
  const siblings = await listRowsUnder(on, parentId);
  const isSamePlace = subject.parentId === parentId;
  if (isSamePlace && beforeId === undefined) {
    throw new AppError("invalid_input", `“${subject.name}” stands there already.`);
  }
  const others = siblings.filter(({ id }) => id !== subject.id);
  if (!isSamePlace) assertNameFree(others, subject.name, parent);
  const sortOrder = isSamePlace ? subject.sortOrder : joiningOrder(others, subject.sortOrder);
  const found = placed(others, { ...subject, sortOrder }, beforeId);
  const lines: FieldChange[] = [];
  if (!isSamePlace) lines.push(await parentLine(on, subject, parent));
  if (found.own !== subject.sortOrder) {
    lines.push({ field: "sortOrder", before: subject.sortOrder, after: found.own });
  }
  const steps = [...found.others, ...(lines.length > 0 ? [{ kind: "update" as const, node: subject, lines }] : [])];
  if (steps.length === 0) throw new AppError("invalid_input", `“${subject.name}” stands there already.`);
  return steps;
}

/** A move to another parent as a change says it. */
async function parentLine(on: Reader, node: TreeRow, parent: TreeRow | null): Promise<FieldChange> {
  const before = node.parentId === null ? null : await getRowOrThrow(on, node.parentId);
  return {
    field: "parent",
    before: await fullName(on, before),
    after: await fullName(on, parent),
    beforeId: before?.id ?? null,
    afterId: parent?.id ?? null,
  };
}

/** The moved one's number, and the siblings that are numbered anew to make room. */
function placed(siblings: TreeRow[], moved: Sibling, beforeId: string | null | undefined) {
  if (beforeId === undefined) return { own: moved.sortOrder, others: [] };
  if (beforeId !== null && !siblings.some(({ id }) => id === beforeId)) {
    throw new AppError("conflict", "The category it shall stand before is not there any more. Look at the tree anew.");
  }
  const numbers = placeAmong(siblings, moved, beforeId);
  const others = siblings.flatMap((node): TreeStep[] => {
    const after = numbers.get(node.id);
    if (after === undefined) return [];
    return [{ kind: "update", node, lines: [{ field: "sortOrder", before: node.sortOrder, after }] }];
  });
  return { own: numbers.get(moved.id) ?? moved.sortOrder, others };
}

function planActive(subject: TreeRow, isActive: boolean): TreeStep[] {
  if (subject.isActive === isActive) {
    throw new AppError("invalid_input", `“${subject.name}” is ${isActive ? "not archived" : "archived already"}.`);
  }
  const line = { field: "isActive", before: subject.isActive, after: isActive };
  return [{ kind: "update", node: subject, lines: [line] }];
}

function assertNoCycle(subject: TreeRow, parent: TreeRow | null) {
  if (!parent || !isWithin(parent.path, subject.path)) return;
  const words =
    parent.id === subject.id ? "stand under itself" : `stand under “${parent.name}”: that one stands below it`;
  throw new AppError("conflict", `“${subject.name}” can't ${words}.`);
}

/** Feeds take two of one name under one parent for the same category, so there are never two. */
function assertNameFree(siblings: TreeRow[], name: string, parent: TreeRow | null) {
  const twin = siblings.find(({ nameKey }) => nameKey === sortKey(name));
  if (!twin) return;
  const where = parent ? `“${parent.name}” holds` : "The top level holds";
  const archived = twin.isActive ? "" : ", archived";
  const message = `${where} a category “${twin.name}” already${archived}. Choose another name, or merge the two.`;
  throw new AppError("conflict", message, { fields: { name: message }, details: { twinId: twin.id } });
}

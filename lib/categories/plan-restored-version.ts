import "server-only";
import type { Reader } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { sortKey } from "@/lib/search/fold";
import { changeFields, type FieldChange } from "@/lib/sync/change";
import { fullName, isWithin, listRowsUnder, type TreeRow } from "./tree-rows";
import { readDetails } from "./write-details";

interface Restorable {
  line: FieldChange;
  refused: string | null;
}

/** Where it stands among its siblings is theirs as well; what it was merged into is an undo's to take back. */
const LEFT_OUT = new Set(["sortOrder", "mergedInto"]);

/** The fields that were other behind `change` than now, as changes back; each with why it can't go back, if so. */
export async function restorableLines(on: Reader, node: TreeRow, change: number): Promise<Restorable[]> {
  const lines = await linesBack(on, node, change);
  const refusals = await refusalsOf(on, node, lines);
  return lines.map((line) => ({ line, refused: refusals.get(line.field) ?? null }));
}

/** @throws {AppError} `conflict` where a chosen field can't go back; `invalid_input` where none is left to */
export async function planRestoredVersion(on: Reader, node: TreeRow, change: number, chosen: ReadonlySet<string>) {
  const lines = (await linesBack(on, node, change)).filter(({ field }) => chosen.has(field));
  if (lines.length === 0) throw new AppError("invalid_input", `“${node.name}” holds these values already.`);
  const [refused] = (await refusalsOf(on, node, lines)).values();
  if (refused) throw new AppError("conflict", refused);
  return lines;
}

/** Behind a change a field held what the first change since then found there. */
async function linesBack(on: Reader, node: TreeRow, change: number): Promise<FieldChange[]> {
  const since = await on.syncChange.findMany({
    where: { entityId: node.id, entity: "category", id: { gt: change }, state: { in: ["applied", "reverted"] } },
    select: { detail: { select: { fields: true } } },
    orderBy: { id: "asc" },
  });
  const then = new Map<string, FieldChange>();
  for (const { detail } of since) {
    for (const line of changeFields.parse(detail?.fields ?? {}).update ?? []) {
      if (!then.has(line.field) && !LEFT_OUT.has(line.field)) then.set(line.field, line);
    }
  }
  const now = await readNow(on, node);
  return [...then.values()].flatMap((first): FieldChange[] => {
    const { field, type, before: after, beforeId: afterId } = first;
    if (field === "parent") {
      if ((afterId ?? null) === node.parentId) return [];
      return [{ field, before: now("parent"), after, beforeId: node.parentId, afterId: afterId ?? null }];
    }
    const before = now(field);
    // Descriptions hold "" where others say null.
    return (before ?? "") === (after ?? "") ? [] : [{ field, before, after, ...(type && { type }) }];
  });
}

async function readNow(on: Reader, node: TreeRow): Promise<(field: string) => FieldChange["before"]> {
  const details = await readDetails(on, node.id);
  const above = node.parentId === null ? null : await on.category.findUnique({ where: { id: node.parentId } });
  const parent = await fullName(on, above);
  const own: Record<string, FieldChange["before"]> = {
    name: node.name,
    slug: node.slug,
    isActive: node.isActive,
    description: details.description,
    template: details.template,
    parent,
  };
  return (field) =>
    field.startsWith("metafield:")
      ? (details.metafields.get(field.slice("metafield:".length))?.value ?? null)
      : (own[field] ?? null);
}

/** By field. */
async function refusalsOf(on: Reader, node: TreeRow, lines: FieldChange[]): Promise<Map<string, string>> {
  const refusals = new Map<string, string>();
  const parentLine = lines.find(({ field }) => field === "parent");
  const parentId = parentLine ? (parentLine.afterId ?? null) : node.parentId;
  if (parentLine && parentId !== null) {
    const parent = await on.category.findUnique({ where: { id: parentId }, select: { name: true, path: true } });
    if (!parent) refusals.set("parent", `“${parentLine.after}” is not there any more.`);
    else if (isWithin(parent.path, node.path)) refusals.set("parent", `“${parent.name}” stands below it now.`);
  }
  const nameLine = lines.find(({ field }) => field === "name");
  if ((nameLine || parentLine) && !refusals.has("parent")) {
    const name = String(nameLine?.after ?? node.name);
    const siblings = await listRowsUnder(on, parentId);
    const twin = siblings.find(({ id, nameKey }) => id !== node.id && nameKey === sortKey(name));
    if (twin) refusals.set(nameLine ? "name" : "parent", `A category “${twin.name}” stands there already.`);
  }
  return refusals;
}

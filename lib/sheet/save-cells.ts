import "server-only";
import type { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { metafieldOf } from "@/lib/catalog/filter/condition";
import { type EditedProduct, emptyPlan, type Plan, planFields } from "@/lib/catalog/plan-fields";
import type { FieldEdit, MetafieldEdit } from "@/lib/catalog/product-changes";
import { type FieldValue, type ProductField, sourceKey } from "@/lib/catalog/product-fields";
import { productsForEdit } from "@/lib/catalog/update-product";
import { type Tx, transaction } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { closeConflicts } from "@/lib/inbox/close-conflicts";
import { compareMetafields, type KnownMetafields, loadKnownMetafields } from "@/lib/metafields/plan-metafields";
import { refreshSearch } from "@/lib/search/refresh-search";
import { type ReadCell, type ReadCells, readCells } from "./read-cells";
import type { SheetCategories } from "./resolve-category";
import { changeOf } from "./sheet-column";
import { type CellOutcome, saveCellsInput } from "./sheet-input";
import { type EditedRow, writeEditedRows } from "./write-edited-rows";

/**
 * Saves cells of many products, each compared with what the person saw: what fits is written, set-based, and the rest
 * is told by cell. A product's other fields are never touched.
 * @returns an outcome per cell, in their order
 */
export async function saveCells(actor: Actor, input: z.input<typeof saveCellsInput>): Promise<CellOutcome[]> {
  assertCan(actor, "catalog:write");
  const { cells } = saveCellsInput.parse(input);
  const { products, outcomes, categories } = await readCells(actor, cells);
  await transaction(async (tx) => {
    const ids = products.map(([id]) => id);
    const rows = await productsForEdit(tx, ids);
    await refuseLostCategories(tx, products, outcomes);
    const known = await loadKnown(tx, ids, products);
    const now = new Date();
    const edited: (EditedRow & { plan: Plan })[] = [];
    for (const [id, cells] of products) {
      const row = rows.get(id);
      if (!row) {
        for (const { at } of cells) outcomes[at] = GONE;
        continue;
      }
      const plan = emptyPlan(row.sources);
      const of = cells.filter(({ at }) => outcomes[at] === undefined);
      const data = planFields(actor, row, fieldEdits(of), plan, now);
      const metafields = compareMetafields(actor, row, metafieldEdits(of), known(id), plan, now);
      for (const cell of of) outcomes[cell.at] = outcomeOf(cell, plan, row, known(id));
      if (Object.keys(plan.after).length > 0) edited.push({ id, data, metafields, plan, sources: plan.sources });
    }
    if (edited.length === 0) return;
    await writeEditedRows(tx, edited, now);
    await finish(tx, actor, edited, categories);
  });
  return outcomes.map((outcome) => outcome ?? REPEATED);
}

const GONE: CellOutcome = {
  outcome: "invalid",
  reason: "This product is not there any more. Copy your value elsewhere.",
};
const LOST_CATEGORY: CellOutcome = {
  outcome: "invalid",
  reason: "This category is not there any more. Choose another.",
};
const REPEATED: CellOutcome = { outcome: "invalid", reason: "This cell came twice; the later value counts." };

/** The tree was read before the transaction: a category may be gone since. */
async function refuseLostCategories(tx: Tx, products: [string, ReadCell[]][], outcomes: ReadCells["outcomes"]) {
  const placing = products.flatMap(([, of]) => of.filter(({ column, to }) => column === "category" && to !== null));
  if (placing.length === 0) return;
  const ids = [...new Set(placing.map(({ to }) => String(to)))];
  const found = await inParts(ids, (part) =>
    tx.category.findMany({ where: { id: { in: part } }, select: { id: true } }),
  );
  const there = new Set(found.map(({ id }) => id));
  for (const { at, to } of placing) if (!there.has(String(to))) outcomes[at] = LOST_CATEGORY;
}

function fieldEdits(cells: ReadCell[]) {
  const edits: Partial<Record<ProductField, FieldEdit>> = {};
  for (const { sheetColumn, from, to } of cells)
    if (sheetColumn.kind === "field") edits[sheetColumn.field] = { from, to };
  return edits;
}

function metafieldEdits(cells: ReadCell[]): MetafieldEdit[] {
  return cells.flatMap(({ sheetColumn, from, to }) =>
    sheetColumn.kind === "metafield" ? [{ ...metafieldOf(sheetColumn.field), from: textOf(from), to: textOf(to) }] : [],
  );
}

function textOf(value: FieldValue) {
  return value === null ? null : String(value);
}

function loadKnown(tx: Tx, ids: string[], products: [string, ReadCell[]][]) {
  const fields = new Set(
    products.flatMap(([, of]) =>
      of.flatMap(({ sheetColumn }) => (sheetColumn.kind === "metafield" ? [sheetColumn.field] : [])),
    ),
  );
  const none: KnownMetafields = { definitions: new Map(), current: new Map() };
  return fields.size === 0 ? () => none : loadKnownMetafields(tx, ids, [...fields].map(metafieldOf));
}

function outcomeOf({ sheetColumn }: ReadCell, plan: Plan, row: EditedProduct, known: KnownMetafields): CellOutcome {
  const field = changeOf(sheetColumn);
  const reason = plan.errors[field];
  if (reason !== undefined) return { outcome: "invalid", reason };
  const conflict = plan.conflicts.find((one) => one.field === field);
  if (conflict) return { outcome: "conflict", theirs: conflict.theirs, mine: conflict.yours };
  if (sheetColumn.kind === "field") return { outcome: "saved", value: savedValue(plan, sheetColumn.field, row) };
  const there = known.current.get(field.slice("metafield:".length))?.value ?? null;
  const after = plan.after[field];
  return { outcome: "saved", value: after === undefined ? there : textOf(typeof after === "boolean" ? null : after) };
}

function savedValue(plan: Plan, field: ProductField, row: EditedProduct): FieldValue {
  const after = plan.after[sourceKey(field)];
  return after === undefined || typeof after === "boolean" ? row[field] : after;
}

/** What every change of products brings with it. */
async function finish(tx: Tx, actor: Actor, edited: { id: string; plan: Plan }[], categories: SheetCategories) {
  await raiseCatalogueVersion(tx, "products");
  const ids = edited.map(({ id }) => id);
  await refreshSearch(tx, ids);
  const asked = await tx.syncChange.findMany({
    where: { entityId: { in: ids }, openSince: { not: null } },
    select: { entityId: true },
    distinct: ["entityId"],
  });
  const open = new Set(asked.map((change) => change.entityId));
  for (const { id, plan } of edited) {
    if (open.has(id)) await closeConflicts(tx, actor, id, Object.keys(plan.after), "other");
  }
  const entries = edited.map(({ id, plan: { before, after } }) => ({
    entity: "product",
    entityId: id,
    before: inWords(before, categories),
    after: inWords(after, categories),
  }));
  await recordAudits(tx, actor, "product.update", entries);
}

/** Categories by name, so that the history can be read after they are gone. */
function inWords(values: Plan["before"], categories: SheetCategories) {
  if (!("category" in values)) return values;
  const name = typeof values.category === "string" ? categories.nameOf(values.category) : undefined;
  return { ...values, category: name?.split(" > ").at(-1) ?? null };
}

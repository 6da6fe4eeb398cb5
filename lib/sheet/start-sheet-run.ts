import "server-only";
import type { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { editProduct } from "@/lib/bulk-edit/edit-product";
import { loadEditWorld } from "@/lib/bulk-edit/edit-world";
import type { EditWorld } from "@/lib/bulk-edit/edited";
import type { Operation } from "@/lib/bulk-edit/operation";
import { loadSaidStock, rememberStock } from "@/lib/bulk-edit/plan-products";
import type { FieldValue } from "@/lib/catalog/product-fields";
import { db, transaction } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import { formatPlural } from "@/lib/format";
import type { FieldChange } from "@/lib/sync/change";
import type { CatalogueProduct } from "@/lib/sync/diff-product";
import { loadProducts, loadRunSources } from "@/lib/sync/load-products";
import { personChange } from "@/lib/sync/person-run/person-change";
import { enqueueApply, startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { rememberRemovedRows } from "@/lib/sync/removed-rows";
import { type ReadCell, type ReadCells, readCells } from "./read-cells";
import { changeOf, editCell, isSameValue } from "./sheet-column";
import { type CellOutcome, sheetRunInput } from "./sheet-input";

/** Products read at a time. */
const BATCH = 1_000;

export interface StartedSheetRun {
  /** Null: nothing was left to write. */
  run: { id: string; number: number } | null;
  /** Per cell, in their order. */
  outcomes: CellOutcome[];
}

/**
 * Saves cells of very many products as a run: each is read and compared at once, the worker writes what fits, batch by
 * batch, and the run can be looked at and undone as a whole.
 */
export async function startSheetRun(actor: Actor, input: z.input<typeof sheetRunInput>): Promise<StartedSheetRun> {
  assertCan(actor, "catalog:write");
  const { cells } = sheetRunInput.parse(input);
  const read = await readCells(actor, cells);
  const planned = await planRun(read);
  const outcomes = read.outcomes.map((outcome) => outcome ?? REPEATED);
  if (planned.length === 0) return { run: null, outcomes };
  const labels = [...new Set(read.products.flatMap(([, of]) => of.map((cell) => cell.sheetColumn.label)))];
  const named =
    labels.length > 4 ? `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more` : labels.join(", ");
  const run = await transaction(async (tx) => {
    const title = `Sheet edit: ${named}`;
    const started = await startPersonRun(tx, actor, { kind: "bulk", title, totalItems: planned.length });
    const changes = planned.map(
      ({ product, lines }): ChangeRow =>
        personChange(started.id, { ...product, label: product.sku, name: nameOf(product) }, lines, "approved"),
    );
    const changeBytes = await insertChanges(tx, changes);
    const data = { updated: changes.length, changeBytes };
    await tx.syncHistory.update({ where: { id: started.id }, data, select: { id: true } });
    await enqueueApply(tx, actor, started, `Write a sheet edit of ${formatPlural(changes.length, "product")}`);
    return started;
  });
  return { run, outcomes };
}

const GONE: CellOutcome = {
  outcome: "invalid",
  reason: "This product is not there any more. Copy your value elsewhere.",
};
const REPEATED: CellOutcome = { outcome: "invalid", reason: "This cell came twice; the later value counts." };

interface PlannedRow {
  product: CatalogueProduct;
  lines: FieldChange[];
}

async function planRun({ products, outcomes }: ReadCells): Promise<PlannedRow[]> {
  const operations = oneOfEach(products.flatMap(([, cells]) => cells));
  const [sources, world] = await Promise.all([loadRunSources(db), loadEditWorld(db, operations)]);
  const planned: PlannedRow[] = [];
  for (let at = 0; at < products.length; at += BATCH) {
    const part = products.slice(at, at + BATCH);
    const ids = part.map(([id]) => id);
    const found = await loadProducts(db, ids, sources);
    const saidStock = await loadSaidStock(db, ids, operations);
    for (const [id, cells] of part) {
      const product = found.get(id);
      const lines = cells.flatMap((cell) => {
        const { outcome, line } = planCell(cell, product, world);
        outcomes[cell.at] = outcome;
        return line ?? [];
      });
      if (!product || lines.length === 0) continue;
      rememberStock(lines, saidStock.get(id));
      planned.push({ product, lines });
    }
  }
  await rememberRemovedRows(
    db,
    planned.map(({ product, lines }) => ({ entityId: product.id, lines })),
  );
  return planned;
}

function planCell(
  cell: ReadCell,
  product: CatalogueProduct | undefined,
  world: EditWorld,
): { outcome: CellOutcome; line?: FieldChange } {
  if (!product) return { outcome: GONE };
  const theirs = presentValue(cell, product);
  if (isSameValue(cell.to, theirs)) return { outcome: { outcome: "saved", value: theirs } };
  if (!isSameValue(cell.from, theirs)) return { outcome: { outcome: "conflict", theirs, mine: cell.to } };
  const edited = editProduct(operationOf(cell), product, world);
  if (edited.outcome === "refused") return { outcome: { outcome: "invalid", reason: edited.reason } };
  if (edited.outcome === "same") return { outcome: { outcome: "saved", value: theirs } };
  return { outcome: { outcome: "queued", value: cell.to }, line: edited.line };
}

function presentValue({ sheetColumn }: ReadCell, product: CatalogueProduct): FieldValue {
  if (sheetColumn.kind === "metafield") {
    return product.metafields.get(changeOf(sheetColumn).slice("metafield:".length))?.value ?? null;
  }
  if (sheetColumn.kind !== "field") return null;
  if (sheetColumn.field === "categoryId") return product.categoryId;
  const value = product.fields[sheetColumn.field] ?? null;
  return typeof value === "boolean" ? null : value;
}

/** What a bulk edit would call the same, so that both write alike. */
function operationOf({ sheetColumn, to }: ReadCell): Operation {
  const field = changeOf(sheetColumn);
  if (field === "categoryId") return { kind: "move", categoryId: to === null ? null : String(to) };
  if (field === "status" && (to === "draft" || to === "active" || to === "archived")) return { kind: "status", to };
  if (to === null || to === "") return { kind: "clear", field };
  return { kind: "set", field, value: sheetColumn.kind === "metafield" ? String(to) : editCell(sheetColumn, to) };
}

/** All fields that are spoken of, each once: what they need to know is loaded once. */
function oneOfEach(cells: ReadCell[]): Operation[] {
  return [...new Map(cells.map((cell) => [cell.column, operationOf(cell)])).values()];
}

function nameOf({ fields }: CatalogueProduct) {
  return typeof fields.name === "string" ? fields.name : "";
}

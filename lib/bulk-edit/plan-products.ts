import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import type { ChangeRow } from "@/lib/db/sync-changes";
import type { FieldChange } from "@/lib/sync/change";
import type { CatalogueProduct } from "@/lib/sync/diff-product";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { loadProducts, type RunSources } from "@/lib/sync/load-products";
import { personChange } from "@/lib/sync/person-run/person-change";
import { rememberRemovedRows } from "@/lib/sync/removed-rows";
import { editProduct } from "./edit-product";
import type { EditWorld } from "./edited";
import { changedField, type Operation } from "./operation";

/** Longest value told with a refusal, in characters. */
const TOLD = 200;

export interface PlannedProduct {
  change: ChangeRow | null;
  refusal: { sku: string; reason: string; present: string } | null;
}

/** What the operations come to on these products, in their order; writes nothing. Neither: it says so already. */
export async function planProducts(
  on: Reader,
  runId: string,
  ids: string[],
  operations: Operation[],
  world: EditWorld,
  sources: RunSources,
): Promise<PlannedProduct[]> {
  const products = await loadProducts(on, ids, sources);
  const saidStock = await loadSaidStock(on, ids, operations);
  const planned: PlannedProduct[] = [];
  const changed: { entityId: string; lines: FieldChange[] }[] = [];
  for (const id of ids) {
    const product = products.get(id);
    if (!product) continue;
    const { lines, reasons } = editedLines(operations, product, world);
    if (reasons.length > 0) {
      const present = [nameOf(product), presentWords(operations, product)].filter(Boolean).join(" · ");
      const refusal = { sku: product.sku, reason: reasons.join(" "), present };
      planned.push({ change: null, refusal });
      continue;
    }
    rememberStock(lines, saidStock.get(id));
    if (lines.length > 0) changed.push({ entityId: id, lines });
    const edited = { id, label: product.sku, name: nameOf(product), version: product.version };
    const change = lines.length > 0 ? personChange(runId, edited, lines, "staged") : null;
    planned.push({ change, refusal: null });
  }
  // Adds to the lines, which the changes hold.
  await rememberRemovedRows(on, changed);
  return planned;
}

/** A product is changed by all operations or, where one of them refuses it, by none. */
export function editedLines(operations: Operation[], product: CatalogueProduct, world: EditWorld) {
  const lines: FieldChange[] = [];
  const reasons: string[] = [];
  for (const of of operations) {
    const edited = editProduct(of, product, world);
    if (edited.outcome === "changed") lines.push(edited.line);
    if (edited.outcome === "refused") reasons.push(edited.reason);
  }
  return { lines, reasons };
}

/** Of products whose stock state is somebody's word: it outlives a count, and an undo. */
export async function loadSaidStock(on: Reader, ids: string[], operations: Operation[]) {
  if (!operations.some((of) => changedField(of) === "inventoryQuantity")) return new Map<string, string>();
  const rows = await selectRows<{ id: string; stockStatus: string }>(
    on,
    "Product",
    `"Product"."id", "Product"."stockStatus"`,
    "id",
    ids,
    `"Product"."stockStatus" IN ('backorder', 'discontinued')`,
  );
  return new Map(rows.map((row) => [row.id, row.stockStatus]));
}

export function rememberStock(lines: FieldChange[], stockStatus: string | undefined) {
  const line = lines.find(({ field }) => field === "inventoryQuantity");
  if (line && stockStatus) line.was = { stockStatus };
}

function nameOf({ fields }: CatalogueProduct) {
  return typeof fields.name === "string" ? fields.name : "";
}

function presentWords(operations: Operation[], product: CatalogueProduct) {
  const told = operations.map(changedField).flatMap((field) => {
    const value = field.startsWith("metafield:")
      ? product.metafields.get(field.slice("metafield:".length))?.value
      : product.fields[field];
    return value === null || value === undefined ? [] : [`${fieldLabel(field)}: ${fieldValue(field, value)}`];
  });
  return told.join("; ").slice(0, TOLD);
}

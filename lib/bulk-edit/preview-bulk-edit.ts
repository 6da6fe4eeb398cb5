import "server-only";
import type { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { firstSelected } from "@/lib/catalog/selection";
import { db } from "@/lib/db/client";
import { codecOf } from "@/lib/metafields/types";
import type { FieldChange } from "@/lib/sync/change";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { loadProducts, loadRunSources } from "@/lib/sync/load-products";
import { loadEditWorld } from "./edit-world";
import type { EditWorld } from "./edited";
import { editedLines } from "./plan-products";
import { assertThere, type bulkEditInput } from "./request-bulk-edit";

/** Products shown while somebody still chooses. */
const SHOWN = 8;

export interface PreviewLine {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
  keeping: "keep" | "release" | null;
}

export interface PreviewRow {
  id: string;
  sku: string;
  name: string;
  /** Empty: the product already says so. */
  lines: PreviewLine[];
  /** Why it can't be changed so; null when it can. */
  refused: string | null;
}

/** What the edit would do to the first products of the selection, in the list's order; writes nothing. */
export async function previewBulkEdit(
  actor: Actor,
  { operations, selection }: Pick<z.output<typeof bulkEditInput>, "operations" | "selection">,
): Promise<PreviewRow[]> {
  assertCan(actor, "catalog:write");
  const [ids, sources, world] = await Promise.all([
    firstSelected(actor, selection, SHOWN),
    loadRunSources(db),
    loadEditWorld(db, operations),
  ]);
  assertThere(operations, world);
  const products = await loadProducts(db, ids, sources);
  return ids.flatMap((id) => {
    const product = products.get(id);
    if (!product) return [];
    const { lines, reasons } = editedLines(operations, product, world);
    const refused = reasons.length > 0 ? reasons.join(" ") : null;
    const shown = refused === null ? lines.map((line) => inWords(line, world)) : [];
    return { id, sku: product.sku, name: String(product.fields.name ?? ""), lines: shown, refused };
  });
}

function inWords({ field, before, after, type, keeping }: FieldChange, world: EditWorld): PreviewLine {
  const name = field.startsWith("metafield:") ? field.slice("metafield:".length) : null;
  const label = (name && world.definition(name)?.name) || fieldLabel(field);
  const show = (value: FieldChange["before"]) =>
    name !== null && typeof value === "string" ? codecOf(type ?? "").display(value) : fieldValue(field, value, type);
  return { field, label, before: show(before), after: show(after), keeping: keeping ?? null };
}

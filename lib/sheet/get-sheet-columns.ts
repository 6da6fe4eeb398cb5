import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { isMetafieldId, type MetafieldId, metafieldOf } from "@/lib/catalog/filter/condition";
import { getMetafieldColumns } from "@/lib/catalog/metafield-columns";
import { fieldInfo } from "@/lib/catalog/product-fields";
import type { ColumnId, FixedColumnId } from "@/lib/catalog/product-search";
import { db } from "@/lib/db/client";
import { rulesOf } from "@/lib/metafields/types";
import { fieldOfColumn, type SheetColumn, whyReadOnly } from "./sheet-column";

const LABELS: Partial<Record<FixedColumnId, string>> = {
  sku: "SKU",
  upc: "UPC or EAN",
  grade: "Quality",
  updated: "Updated",
  created: "Added",
};

const TEXTS = { shortDescription: 280, description: 320, seoTitle: 220, seoDescription: 280 };
/** In pixels. */
const WIDTHS: Partial<Record<FixedColumnId, number>> = {
  name: 320,
  category: 240,
  sku: 120,
  status: 96,
  stock: 88,
  ...TEXTS,
};

/** The table's columns as a sheet has them: what each writes into and which rules it obeys. Pictures are left out. */
export async function getSheetColumns(actor: Actor, ids: readonly ColumnId[]): Promise<SheetColumn[]> {
  assertCan(actor, "catalog:read");
  const metafields = ids.filter(isMetafieldId);
  const [heads, rules] = await Promise.all([getMetafieldColumns(actor, metafields), loadRules(metafields)]);
  // Without its key and name nobody knows a row.
  const shown = [...new Set<ColumnId>(["sku", "name", ...ids])].filter((id) => id !== "image");
  return shown.map((id): SheetColumn => {
    if (isMetafieldId(id)) {
      const { label = metafieldOf(id).key, isNumber = false, type = "single_line_text_field" } = heads[id] ?? {};
      return {
        id,
        label,
        width: isNumber ? 120 : 176,
        isNumber,
        kind: "metafield",
        field: id,
        type,
        rules: rules[id] ?? {},
      };
    }
    const field = fieldOfColumn(id);
    const width = WIDTHS[id] ?? 128;
    if (!field) return { id, label: LABELS[id] ?? id, width, isNumber: false, kind: "read-only", why: whyReadOnly(id) };
    const { label: name, control, unit } = fieldInfo(field);
    const label = unit ? `${name}, ${unit}` : name;
    return { id, label, width, isNumber: control === "money" || control === "integer", kind: "field", field };
  });
}

async function loadRules(ids: MetafieldId[]) {
  if (ids.length === 0) return {};
  const rows = await db.metafieldDefinition.findMany({
    where: { OR: ids.map(metafieldOf) },
    select: { namespace: true, key: true, validations: true },
  });
  const byName = new Map(rows.map((row) => [`${row.namespace}.${row.key}`, rulesOf(row.validations)]));
  return Object.fromEntries(
    ids.map((id) => [id, byName.get(`${metafieldOf(id).namespace}.${metafieldOf(id).key}`) ?? {}]),
  );
}

import { isPersons } from "@/lib/catalog/field-source";
import { isProductField } from "@/lib/catalog/product-fields";
import type { FieldChange } from "@/lib/sync/change";
import { type CatalogueProduct, sourceBefore } from "@/lib/sync/diff-product";
import { type Edited, type EditWorld, emptyOf, refused } from "./edited";

/** The value as it stands, for lines that leave it so. */
function presentLine(field: string, product: CatalogueProduct, world: EditWorld): FieldChange | null {
  if (field === "category") {
    const { categoryId } = product;
    const name = categoryId ? (world.categoryName(categoryId) ?? null) : null;
    return { field, before: name, after: name, beforeId: categoryId, afterId: categoryId };
  }
  if (!field.startsWith("metafield:")) {
    const value = product.fields[field] ?? null;
    return { field, before: value, after: value };
  }
  const present = product.metafields.get(field.slice("metafield:".length));
  return present ? { field, before: present.value, after: present.value, type: present.type } : null;
}

/** The value as it stands is a person's from now on. */
export function keep(field: string, product: CatalogueProduct, world: EditWorld): Edited {
  const source = sourceBefore(field, product) ?? product.maker;
  if (isPersons(source)) return { outcome: "same" };
  const line = presentLine(field, product, world);
  if (!line) return refused("Has no such metafield to keep.");
  return { outcome: "changed", line: { ...line, keeping: "keep" } };
}

/** A kept value goes back to what the feed says. */
export function release(field: string, product: CatalogueProduct, world: EditWorld): Edited {
  const source = sourceBefore(field, product);
  if (!source?.kept) return { outcome: "same" };
  const said = source.feedValue ?? null;
  if (field === "category") {
    const id = said === null ? null : String(said);
    const after = id === null ? null : world.categoryName(id);
    if (after === undefined) return refused("The feed's category can't be told any more. Move it by hand.");
    const before = product.categoryId ? (world.categoryName(product.categoryId) ?? null) : null;
    const ids = { beforeId: product.categoryId, afterId: id };
    return { outcome: "changed", line: { field, before, after, ...ids, keeping: "release" } };
  }
  const line = presentLine(field, product, world);
  if (field.startsWith("metafield:")) {
    const name = field.slice("metafield:".length);
    const type = line?.type ?? world.definition(name)?.type ?? "multi_line_text_field";
    const after = said === null ? null : String(said);
    if (!line && after === null) return { outcome: "same" };
    return { outcome: "changed", line: { field, before: line?.before ?? null, after, type, keeping: "release" } };
  }
  if (!line) return { outcome: "same" };
  const after = said ?? (isProductField(field) ? emptyOf(field) : null);
  return { outcome: "changed", line: { ...line, after, keeping: "release" } };
}

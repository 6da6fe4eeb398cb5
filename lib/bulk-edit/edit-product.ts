import { fieldValue } from "@/lib/catalog/product-changes";
import { editField, type FieldValue, fieldInfo, type ProductField, parseField } from "@/lib/catalog/product-fields";
import { codecOf, parseMetafield } from "@/lib/metafields/types";
import { type CatalogueProduct, sourceBefore } from "@/lib/sync/diff-product";
import { type Edited, type EditWorld, emptyOf, isSame, presentColumn, refused } from "./edited";
import { keep, release } from "./keeping";
import { newText } from "./new-value";
import { changedField, type Operation } from "./operation";

/** What an operation comes to on one product; writes nothing. */
export function editProduct(of: Operation, product: CatalogueProduct, world: EditWorld): Edited {
  const field = changedField(of);
  const edited = dispatch(of, field, product, world);
  if (edited.outcome !== "changed") return edited;
  const beforeSource = sourceBefore(field, product);
  return beforeSource ? { ...edited, line: { ...edited.line, beforeSource } } : edited;
}

function dispatch(of: Operation, field: string, product: CatalogueProduct, world: EditWorld): Edited {
  if (of.kind === "keep") return keep(field, product, world);
  if (of.kind === "release") return release(field, product, world);
  if (of.kind === "move") return move(of.categoryId, product, world);
  if (of.kind === "status") return column("status", of.to, product);
  if (field.startsWith("metafield:")) return editMetafield(of, field, product, world);
  const name = field as ProductField; // changedField gives the others above
  const present = presentColumn(name, product);
  const made = newText(of, name, editField(name, present), product, world);
  if ("refused" in made) return refused(made.refused);
  if (made.text === null) return column(name, emptyOf(name), product);
  const parsed = parseField(name, made.text);
  return parsed.ok ? column(name, parsed.value, product) : refused(`${fieldInfo(name).label}: ${parsed.error}`);
}

function column(field: ProductField, after: FieldValue, product: CatalogueProduct): Edited {
  const before = presentColumn(field, product);
  if (isSame(before, after)) return { outcome: "same" };
  const checked = fieldValue(field).safeParse(after);
  if (!checked.success) return refused(checked.error.issues[0]?.message ?? "This value does not fit.");
  return { outcome: "changed", line: { field, before, after: checked.data } };
}

function move(categoryId: string | null, product: CatalogueProduct, world: EditWorld): Edited {
  if (product.categoryId === categoryId) return { outcome: "same" };
  const after = categoryId === null ? null : world.categoryName(categoryId);
  if (after === undefined) return refused("This category is not there any more.");
  const before = product.categoryId === null ? null : (world.categoryName(product.categoryId) ?? null);
  const ids = { beforeId: product.categoryId, afterId: categoryId };
  return { outcome: "changed", line: { field: "category", before, after, ...ids } };
}

function editMetafield(of: Operation, field: string, product: CatalogueProduct, world: EditWorld): Edited {
  const name = field.slice("metafield:".length);
  const present = product.metafields.get(name);
  const definition = world.definition(name);
  const type = definition?.type ?? present?.type;
  if (type === undefined) return refused(`There is no metafield ${name}. Make its definition first.`);
  if (of.kind === "add" && present) return { outcome: "same" };
  const label = definition?.name ?? name;
  const before = present?.value ?? null;
  const made = newText(of, label, before === null ? "" : textOf(type, before), product, world, type);
  if ("refused" in made) return refused(made.refused);
  if (made.text === null || made.text.trim() === "") {
    if (before === null) return { outcome: "same" };
    return { outcome: "changed", line: { field, before, after: null, type: present?.type ?? type } };
  }
  const parsed = parseMetafield(type, made.text, definition?.rules);
  if (!parsed.ok) return refused(`${label}: ${parsed.error}`);
  if (parsed.value === before) return { outcome: "same" };
  const was = present && present.type !== type ? { was: { type: present.type } } : {};
  return { outcome: "changed", line: { field, before, after: parsed.value, type, ...was } };
}

/** What text operations work on: numbers and texts as a person types them. */
function textOf(type: string, stored: string) {
  return codecOf(type).edit(stored);
}

import "server-only";
import { codeIdentity } from "@/lib/catalog/codes";
import type { Reader } from "@/lib/db/client";
import type { ProductToUpdate } from "../apply-updated-products";
import type { FieldChange } from "../change";
import { type CatalogueProduct, sourceBefore } from "../diff-product";
import { fieldLabel, fieldValue } from "../field-words";
import { loadProducts, loadRunSources } from "../load-products";
import type { Present } from "../review/check-present";

/** Fields named one by one before "and 4 more fields". */
const MOST_NAMED = 3;
/** Longer values are not repeated in a sentence, in characters. */
const LONGEST_VALUE = 60;

/**
 * Holds a person's planned edits against the catalogue of now: a product of which a field that is to be written holds
 * another value than when it was planned is left as it is. Its other fields may have changed; what they come from now is
 * what an undo goes back to. Products of the same version cost nothing and are not named.
 */
export async function checkEdited(
  on: Reader,
  wanted: ProductToUpdate[],
  current: Map<string, { version: number }>,
): Promise<Map<number, Present>> {
  const found = new Map<number, Present>();
  for (const one of wanted) if (!current.has(one.id)) found.set(one.changeId, { outcome: "gone" });
  const changed = wanted.filter(
    (one) => current.has(one.id) && one.version !== null && current.get(one.id)?.version !== one.version,
  );
  if (changed.length === 0) return found;
  const sources = await loadRunSources(on);
  const products = await loadProducts(
    on,
    changed.map((one) => one.id),
    sources,
  );
  for (const one of changed) {
    const product = products.get(one.id);
    if (!product) continue;
    const moved = one.lines.filter((line) => !holdsAsPlanned(line, product));
    const lines = moved.length > 0 ? [] : one.lines.map((line) => withSource(line, product));
    found.set(
      one.changeId,
      moved.length > 0 ? { outcome: "moved", reason: words(moved, product) } : { outcome: "as shown", lines },
    );
  }
  return found;
}

/** The product still holds what the line says was before. */
export function holdsAsPlanned(line: FieldChange, product: CatalogueProduct): boolean {
  const [kind, name] = split(line.field);
  if (kind === "code") {
    const isThere = product.codes.has(codeIdentity(name, String(line.before ?? line.after)));
    return isThere === (line.before !== null);
  }
  if (kind === "image") {
    const isThere = product.images.some((image) => image.view === name && image.url === (line.before ?? line.after));
    return isThere === (line.before !== null);
  }
  const before = line.field === "category" ? (line.beforeId ?? null) : line.before;
  return isSame(before, presentOf(line.field, product)) && (line.keeping !== "release" || isStillKept(line, product));
}

/** What the feed says now is what the line is to give back. */
function isStillKept(line: FieldChange, product: CatalogueProduct) {
  const source = sourceBefore(line.field, product);
  const after = line.field === "category" ? (line.afterId ?? null) : line.after;
  return source?.kept === true && isSame(source.feedValue ?? null, after);
}

function presentOf(field: string, product: CatalogueProduct): FieldChange["before"] {
  if (field === "category") return product.categoryId;
  const [kind, name] = split(field);
  if (kind === "metafield") return product.metafields.get(name)?.value ?? null;
  return product.fields[field] ?? null;
}

function withSource(line: FieldChange, product: CatalogueProduct): FieldChange {
  const { beforeSource: _, ...rest } = line;
  const beforeSource = sourceBefore(line.field, product);
  return beforeSource ? { ...rest, beforeSource } : rest;
}

/** "Changed since it was planned: Price was 12.50 and is 13.00 now." */
function words(moved: FieldChange[], product: CatalogueProduct): string {
  const told = moved.slice(0, MOST_NAMED).map((line) => {
    const label = fieldLabel(line.field);
    if (split(line.field)[0] !== "" && !line.field.startsWith("metafield:")) return label;
    // A category is known by its id here.
    if (line.field === "category") return label;
    const before = spoken(line, line.before);
    const now = spoken(line, presentOf(line.field, product));
    return before === null || now === null || before === now ? label : `${label} was ${before} and is ${now} now`;
  });
  const more = moved.length - told.length;
  const rest = more > 0 ? [`${more} more ${more === 1 ? "field" : "fields"}`] : [];
  return `Changed since it was planned: ${[...told, ...rest].join("; ")}.`;
}

function spoken({ field, type }: FieldChange, value: FieldChange["before"]) {
  const text = fieldValue(field, value, type) ?? "empty";
  return text.length > LONGEST_VALUE ? null : text || "empty";
}

/** Text columns hold "" where a plan says null. */
function isSame(a: FieldChange["before"], b: FieldChange["before"]) {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}

function split(field: string): [string, string] {
  const at = field.indexOf(":");
  return at < 0 ? ["", field] : [field.slice(0, at), field.slice(at + 1)];
}

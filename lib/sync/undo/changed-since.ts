import { codeIdentity } from "@/lib/catalog/codes";
import type { FieldSource } from "@/lib/catalog/field-source";
import type { FieldChange } from "../change";
import type { CatalogueProduct } from "../diff-product";
import type { Since } from "./undo-plan";

/** Whether a line wrote anything to the product: a flag of absence or a link is the source's memory alone. */
export function isWritten(line: FieldChange): boolean {
  if (line.field === "missing" || line.field === "source") return false;
  // A category that nobody knows was only told of.
  return !(line.field === "category" && line.kept && line.afterId === undefined);
}

/** Who changed the field after the run had written `line`; null: it stands as the run left it. */
export function changedSince(line: FieldChange, product: CatalogueProduct, runId: string): Since | null {
  const [kind, name] = split(line.field);
  if (kind === "metafield") return metafieldSince(name, line, product, runId);
  if (kind === "code") {
    const isThere = product.codes.has(codeIdentity(name, String(line.after ?? line.before)));
    if (line.after === null) return isThere ? { words: "put back since" } : null;
    return isThere ? null : { words: "taken away since" };
  }
  if (kind === "image") return imageSince(name, line, product, runId);
  if (line.field !== "category" && !(line.field in product.fields)) return { words: "can't be put back" };
  const source = product.fieldSources[line.field];
  if (line.kept) return isFeedBeside(source, runId) ? null : since(source);
  const value = line.field === "category" ? product.categoryId : (product.fields[line.field] ?? null);
  const written = line.field === "category" ? (line.afterId ?? null) : line.after;
  const isSame = value === written || ((value ?? "") === "" && (written ?? "") === "");
  return isSame && isBy(source, runId) ? null : since(isBy(source, runId) ? undefined : source);
}

function metafieldSince(name: string, line: FieldChange, product: CatalogueProduct, runId: string): Since | null {
  const current = product.metafields.get(name);
  const marker = product.fieldSources[line.field];
  if (line.kept) {
    const source = line.before === null ? marker : (current?.source ?? undefined);
    return isFeedBeside(source, runId) ? null : since(source);
  }
  if (line.after === null) {
    const isOwn = !current && (!marker || isBy(marker, runId));
    return isOwn ? null : since(current?.source ?? marker);
  }
  if (!current) return since(marker);
  const isSame = current.value === line.after && (line.type === undefined || current.type === line.type);
  const source = current.source ?? undefined;
  return isSame && isBy(source, runId) ? null : since(isBy(source, runId) ? undefined : source);
}

function imageSince(view: string, line: FieldChange, product: CatalogueProduct, runId: string): Since | null {
  const source = product.fieldSources.images;
  if (!isBy(source, runId)) return since(source);
  const url = line.after ?? line.before;
  const isThere = product.images.some((image) => image.view === view && image.url === url);
  if (line.after !== null) return isThere ? null : { words: "taken away since" };
  if (isThere) return { words: "put back since" };
  return line.was ? null : { words: "what it was is not on record" };
}

function isBy(source: FieldSource | undefined, runId: string) {
  return (source?.by === "run" && source.id === runId) || source?.runId === runId;
}

/** A person's value stands, and what the run said is remembered beside it. */
function isFeedBeside(source: FieldSource | undefined, runId: string) {
  return source?.kept === true && source.feedRunId === runId;
}

function since(source: FieldSource | undefined): Since {
  return source ? { source } : { words: "changed since" };
}

/** `metafield:etilize.color` as its kind and its name; a column has no kind. */
export function split(field: string): [string, string] {
  const at = field.indexOf(":");
  return at < 0 ? ["", field] : [field.slice(0, at), field.slice(at + 1)];
}

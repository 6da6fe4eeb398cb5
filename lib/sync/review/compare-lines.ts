import { codeIdentity } from "@/lib/catalog/codes";
import { type FieldSource, isPersons } from "@/lib/catalog/field-source";
import type { FieldChange } from "../change";
import type { CatalogueProduct } from "../diff-product";

interface PresentVoice {
  sourceId: string;
  mayReplace(field: string, ownerSourceId: string): boolean;
  categoryName(id: string): string;
}

/** A field that no longer holds what was shown. */
export interface MovedLine {
  shown: FieldChange;
  now: FieldChange["before"];
  isKept: boolean;
}

interface Compared {
  /** Empty when all fields still hold what was shown. */
  moved: MovedLine[];
  /** The change as it reads against the product of now. */
  lines: FieldChange[];
}

/** Holds a staged change's lines against the product as it is now; what the product already says is left out. */
export function compareLines(lines: FieldChange[], product: CatalogueProduct, voice: PresentVoice): Compared {
  const compared: Compared = { moved: [], lines: [] };
  for (const line of lines) {
    if (line.field.startsWith("code:") || line.field.startsWith("image:")) {
      if (!isThereAlready(line, product)) compared.lines.push(line);
      continue;
    }
    const present = presentOf(line, product, voice);
    if (!present || isAsShown(line, present)) {
      compared.lines.push(line);
      continue;
    }
    const isKept = isHeld(present);
    compared.moved.push({ shown: line, now: present.value, isKept });
    const again = restated(line, present, product, voice);
    if (again) compared.lines.push(again);
  }
  return compared;
}

interface Present {
  value: FieldChange["before"];
  /** What the values are compared by: a category's id, else the value. */
  identity: FieldChange["before"];
  source: FieldSource | undefined;
  /** What the feed said while a person's value stands. */
  feedValue: FieldChange["before"] | undefined;
  /** A metafield's. */
  type?: string;
}

function presentOf({ field }: FieldChange, product: CatalogueProduct, voice: PresentVoice): Present | null {
  const own = product.fieldSources[field] ?? product.maker ?? undefined;
  if (field === "category") {
    const { categoryId } = product;
    const name = categoryId ? voice.categoryName(categoryId) : null;
    return { value: name, identity: categoryId, source: own, feedValue: own?.feedValue };
  }
  if (field.startsWith("metafield:")) {
    const metafield = product.metafields.get(field.slice("metafield:".length));
    const removed = product.fieldSources[field];
    if (!metafield) return { value: null, identity: null, source: removed, feedValue: removed?.feedValue };
    const { value, type, kept, feedValue } = metafield;
    const source = metafield.source ?? product.maker;
    const given = source ? { ...source, ...(kept ? { kept, feedValue } : {}) } : undefined;
    return { value, identity: value, source: given, feedValue, type };
  }
  if (!(field in product.fields)) return null;
  const value = product.fields[field] ?? null;
  return { value, identity: value, source: own, feedValue: own?.feedValue };
}

/** A feed's word does not replace it: what a person emptied before any feed spoke may be filled. */
function isHeld({ source, identity }: Present): boolean {
  return source?.kept === true || (isPersons(source) && !isSame(identity, null));
}

function isAsShown(line: FieldChange, present: Present): boolean {
  const isKept = isHeld(present);
  // Kept then and now: nothing is applied, whatever the person wrote meanwhile.
  if (line.kept && isKept) return true;
  const before = line.field === "category" ? (line.beforeId ?? null) : line.before;
  if (!isSame(before, present.identity)) return false;
  // A category that the feed names and nobody knows is marked as kept without a person's doing.
  const isUnknownCategory = line.field === "category" && line.afterId === undefined;
  return isUnknownCategory || isKept === Boolean(line.kept);
}

/** The line as it would be staged now; null when there is nothing left to say. */
function restated(line: FieldChange, present: Present, product: CatalogueProduct, voice: PresentVoice) {
  const after = line.field === "category" ? (line.afterId ?? null) : line.after;
  const { kept: _kept, was: _was, beforeSource: _source, ...rest } = line;
  const isUnknownCategory = line.field === "category" && line.afterId === undefined;
  const again: FieldChange = {
    ...rest,
    before: present.value,
    ...(line.field === "category" ? { beforeId: product.categoryId } : {}),
    ...(present.source && present.source.at !== product.maker?.at ? { beforeSource: present.source } : {}),
    ...(isUnknownCategory ? { kept: true } : {}),
  };
  if (present.source?.kept) return present.feedValue === after ? null : { ...again, kept: true };
  if (isSame(present.identity, after)) return null;
  if (isHeld(present)) return { ...again, kept: true };
  const owner = present.source ? present.source.sourceId : (product.createdBySourceId ?? undefined);
  const isGiven = present.identity !== null && present.identity !== "";
  if (isGiven && owner && !voice.mayReplace(line.field, owner)) return null;
  const wasType = present.type && line.type && present.type !== line.type ? { was: { type: present.type } } : {};
  return { ...again, ...wasType };
}

/** Text columns hold "" where a feed says null. */
function isSame(a: FieldChange["before"], b: FieldChange["before"]) {
  return a === b || ((a ?? "") === "" && (b ?? "") === "");
}

function isThereAlready({ field, before, after }: FieldChange, product: CatalogueProduct): boolean {
  const name = field.slice(field.indexOf(":") + 1);
  const has = (value: FieldChange["before"]) =>
    field.startsWith("code:")
      ? product.codes.has(codeIdentity(name, String(value)))
      : product.images.some((image) => image.view === name && image.url === value);
  return before === null ? has(after) : !has(before);
}

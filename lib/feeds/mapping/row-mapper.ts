import { createHash } from "node:crypto";
import { codeRefusal } from "@/lib/catalog/codes";
import { parseMetafield } from "@/lib/metafields/types";
import type {
  FeedCategory,
  FeedDefinition,
  FeedField,
  FeedHandling,
  FeedImage,
  FeedKind,
  FeedMetafield,
  FeedProduct,
  ReaderInput,
} from "../feed-record";
import type { MappedColumn, Mapping, MappingTarget } from "../mapping";
import type { RowProblem } from "../rows";
import { CategoryTeller } from "./category-teller";
import { readField } from "./read-cell";
import { defaultEmpty } from "./target-rules";

/** What stands before a field that the format's own reader gives, in MappedColumn.column. */
export const READER_FIELD = "@";

export interface MappedRow {
  product: FeedProduct;
  categories: FeedCategory[];
  /** Values taken with a remark. */
  remarks: RowProblem[];
}

/** Puts one source's products into the fields its mapping names. */
export class RowMapper {
  readonly handling: FeedHandling;
  /** `namespace.key` of the reader's attributes, by the column that stands for them. */
  private readonly attributes = new Map<string, { name: string; label: string }>();
  /** The columns that say something else than the reader does. */
  private readonly changing: MappedColumn[];
  private readonly byColumn: Map<string, MappedColumn>;
  private readonly categories = new CategoryTeller();
  private readonly leaving = new Set<string>();
  private readonly clearing = new Set<string>();

  constructor(
    private readonly mapping: Mapping,
    kind: FeedKind,
    known: ReaderInput["knownDefinitions"],
  ) {
    this.byColumn = new Map(mapping.columns.map((column) => [column.column, column]));
    this.changing = mapping.columns.filter((column) => column.target.to !== "same");
    for (const [column, { namespace, key }] of known) this.meet(column, `${namespace}.${key}`, column);
    const mergeLists = new Set<string>();
    const codeTypes = new Set<string>();
    for (const { target, empty, list } of mapping.columns) {
      if (target.to === "code") codeTypes.add(target.type);
      if (target.to !== "metafield") continue;
      const name = `${target.namespace}.${target.key}`;
      if (list === "merge") mergeLists.add(name);
      ((empty?.policy ?? defaultEmpty(target)) === "clear" ? this.clearing : this.leaving).add(name);
    }
    const isWhole = kind === "csv";
    this.handling = {
      id: createHash("sha256")
        .update(JSON.stringify(mapping.columns) + mapping.images + mapping.codes)
        .digest("base64url")
        .slice(0, 12),
      // A metafield that a mapped list doesn't speak of is nobody's to clear.
      leavesEmpty: (name) => this.leaving.has(name) || (isWhole && !this.clearing.has(name)),
      mergeLists,
      images: mapping.images,
      codes: mapping.codes,
      codeTypes,
    };
  }

  /** The definitions of all metafields that columns are mapped to: told before the first product. */
  definitions(): FeedDefinition[] {
    const told = new Set<string>();
    return this.changing.flatMap(({ column, target }) => {
      if (target.to !== "metafield") return [];
      const { namespace, key, type } = target;
      const externalKey = `mapped:${namespace}.${key}`;
      if (told.has(externalKey)) return [];
      told.add(externalKey);
      const name =
        this.attributes.get(column)?.label ?? column.replace(/^Metafield: [\w-]+\./, "").replace(/\s*\[.*$/, "");
      return [{ record: "definition" as const, externalKey, namespace, key, name, type }];
    });
  }

  /** The reader's own definition, unless its attribute goes somewhere else. */
  takesDefinition({ externalKey, namespace, key, name }: FeedDefinition): boolean {
    this.meet(externalKey, `${namespace}.${key}`, name);
    const column = this.byColumn.get(externalKey);
    return !column || column.target.to === "same";
  }

  /** The product as the mapping wants it, or why its row can't be taken. */
  map(source: FeedProduct): MappedRow | RowProblem {
    const product: FeedProduct = {
      ...source,
      fields: { ...source.fields },
      codes: [...source.codes],
      matchBy: [...source.matchBy],
      handling: this.handling,
    };
    const row: MappedRow = { product, categories: [], remarks: [] };
    const values = this.changing.map((column) => ({ column, text: this.take(column.column, source, product) }));
    for (const { column, text } of values) {
      const problem = this.put(row, column, text);
      if (problem) return problem;
    }
    for (const column of this.mapping.columns) if (column.target.to === "same") this.settleSame(product, column);
    return row;
  }

  private meet(column: string, name: string, label: string) {
    const known = this.attributes.get(column);
    if (known && known.label !== column) return;
    this.attributes.set(column, { name, label });
    const mapped = this.byColumn.get(column);
    // What is not taken from an attribute any more stays as it is; what it is taken to has its own policy.
    if (mapped && (mapped.target.to !== "same" || mapped.empty?.policy === "ignore")) this.leaving.add(name);
  }

  /** A column's text, and nothing left of it where the reader had put it. */
  private take(column: string, source: FeedProduct, product: FeedProduct): string {
    const isField = column.startsWith(READER_FIELD) && !source.cells?.has(column);
    if (isField) return takeField(column.slice(1), source, product);
    const attribute = this.attributes.get(column);
    const found = attribute && source.metafields?.find((one) => `${one.namespace}.${one.key}` === attribute.name);
    if (found) product.metafields = product.metafields?.filter((one) => one !== found);
    return (source.cells?.get(column) ?? found?.value ?? "").trim();
  }

  private put(row: MappedRow, { column, target, empty }: MappedColumn, cell: string): RowProblem | null {
    if (target.to === "ignore" || target.to === "same") return null;
    const policy = empty?.policy ?? defaultEmpty(target);
    const text = cell === "" && empty?.policy === "default" ? empty.value : cell;
    const label = this.attributes.get(column)?.label ?? column;
    switch (target.to) {
      case "field":
        return this.putField(row.product, target, label, text, policy);
      case "metafield":
        if (text !== "") this.putMetafield(row, target, label, text);
        else row.product.metafields ??= [];
        return null;
      case "code":
        return putCode(row, target, label, text);
      case "category": {
        const { key, before } = this.categories.read(target, text, row.product.at);
        if (key !== null || policy === "clear") row.product.categoryKey = key;
        row.categories.push(...before);
        return null;
      }
      case "image":
        if (text !== "") putImages(row.product, text, target.separator);
        else if (policy === "clear") row.product.images ??= [];
        return null;
      default:
        return target satisfies never;
    }
  }

  private putField(
    product: FeedProduct,
    target: Extract<MappingTarget, { to: "field" }>,
    column: string,
    text: string,
    policy: "ignore" | "clear" | "default",
  ): RowProblem | null {
    if (text === "") {
      // A product without a name or a status is none: there is nothing to clear them to.
      if (policy === "clear" && target.field !== "name" && target.field !== "status") {
        Object.assign(product.fields, { [target.field]: null });
      }
      return null;
    }
    const read = readField(target, column, text, this.mapping.dialect?.decimal ?? "point");
    if ("problem" in read) return read.problem;
    Object.assign(product.fields, { [target.field]: read.value });
    return null;
  }

  private putMetafield(
    { product, remarks }: MappedRow,
    { namespace, key, type, separator }: Extract<MappingTarget, { to: "metafield" }>,
    column: string,
    text: string,
  ) {
    const isSplit = separator !== "" && type.startsWith("list.") && !text.startsWith("[");
    const lines = isSplit ? text.split(separator).map((element) => element.trim()) : [text];
    const decimal = this.mapping.dialect?.decimal;
    const typed = lines
      .filter((element) => element !== "")
      .map((element) => (decimal === "comma" && type.includes("decimal") ? element.replace(",", ".") : element))
      .join("\n");
    const parsed = parseMetafield(type, typed);
    const metafield: FeedMetafield = parsed.ok
      ? { namespace, key, value: parsed.value, type }
      : { namespace, key, value: text, type: /[\r\n]/.test(text) ? "multi_line_text_field" : "single_line_text_field" };
    if (!parsed.ok) {
      const reason = `${column} "${text.slice(0, 100)}" is no ${type}. It was kept as text.`;
      remarks.push({ code: "type_misfit", column, reason });
    }
    product.metafields = [
      ...(product.metafields ?? []).filter((one) => one.namespace !== namespace || one.key !== key),
      metafield,
    ];
  }

  /** A column that stays where it is, but has a word to say on emptiness. */
  private settleSame(product: FeedProduct, { column, empty }: MappedColumn) {
    if (!column.startsWith(READER_FIELD) || !empty) return;
    const field = column.slice(1);
    if (field === "category") {
      if (product.categoryKey === null && empty.policy === "ignore") product.categoryKey = undefined;
      return;
    }
    if (field === "images") {
      if (product.images?.length === 0 && empty.policy === "ignore") product.images = undefined;
      return;
    }
    const value = product.fields[field as FeedField]; // absent for a name that is no field's
    if (value !== null && value !== "") return;
    if (empty.policy === "ignore") delete product.fields[field as FeedField];
    if (empty.policy === "default") {
      const read = readField({ to: "field", field: field as FeedField }, field, empty.value, "point");
      if ("value" in read) Object.assign(product.fields, { [field]: read.value });
    }
  }
}

/** A reader's own field as text; money as it is written, not in cents. */
function takeField(field: string, source: FeedProduct, product: FeedProduct): string {
  if (field === "category") {
    product.categoryKey = undefined;
    return source.categoryKey ?? "";
  }
  if (field === "images") {
    product.images = undefined;
    return source.images?.map((image) => image.url).join(" ") ?? "";
  }
  const value = source.fields[field as FeedField]; // absent for a name that is no field's
  delete product.fields[field as FeedField];
  if (typeof value === "number" && field.endsWith("Cents")) return (value / 100).toFixed(2);
  return value === null || value === undefined ? "" : String(value);
}

function putCode(
  { product, remarks }: MappedRow,
  { type, matches }: Extract<MappingTarget, { to: "code" }>,
  column: string,
  text: string,
): null {
  if (text === "") return null;
  for (const code of text.split(/[;|]/).map((part) => part.trim())) {
    if (code === "" || product.codes.some((one) => one.type === type && one.code === code)) continue;
    const refusal = codeRefusal(code);
    if (refusal) {
      remarks.push({ code: "code_too_short", column, reason: `${column} "${code}": ${refusal}. It was left out.` });
      continue;
    }
    product.codes.push({ type, code });
    if (matches) product.matchBy.push({ type, code });
    if (type === "upc") product.fields.upc ??= code;
    if (type === "mpn") product.fields.manufacturerPartNumber ??= code;
  }
  return null;
}

function putImages(product: FeedProduct, text: string, separator: string) {
  const urls = separator === "" ? [text] : text.split(separator).map((url) => url.trim());
  const images: FeedImage[] = [...(product.images ?? [])];
  for (const url of urls) {
    if (!/^https?:\/\/\S+$/i.test(url) || images.some((image) => image.url === url)) continue;
    const view = images.length === 0 ? "Front" : `Alternate-Image${images.length}`;
    images.push({ url, view, altText: product.fields.name ?? product.key, sortOrder: images.length });
  }
  product.images = images;
}

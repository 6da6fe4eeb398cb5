import { codeRefusal } from "@/lib/catalog/codes";
import { readRaw } from "./csv";
import { asMetafield } from "./definitions";
import { placeOf } from "./etilize-checks";
import type { EtilizeTables } from "./etilize-load";
import { CHILD_TABLES, type ChildRow, type ChildTable, type ProductRow, type RowPlace } from "./etilize-store";
import type {
  FeedCode,
  FeedDefinition,
  FeedImage,
  FeedMetafield,
  FeedProduct,
  FeedRecord,
  FeedRejection,
  RowCounts,
} from "./feed-record";
import { viewInWords } from "./image-view";
import { addRows, rawLater, repeatedRow } from "./rows";

/** Sizes in which the one picture of the view Front is offered. */
const FRONT_SIZES = /^(thumbnail|large|original|\d+)$/i;
/** Brochures and manuals stand among the pictures. */
const NO_PICTURE = /brochure|manual|pdf|video|document/i;

type Children = Record<ChildTable, ChildRow[]>;

/** Products in the order of their file, each with what the other tables say of it, its rejections before it. */
export function* etilizeProducts(
  tables: EtilizeTables,
  definitions: Map<number, FeedDefinition>,
): Generator<FeedRecord> {
  for (const row of tables.store.products()) {
    const { children, remarks } = readChildren(tables, row);
    const metafields = readMetafields(tables, children.attribute, definitions, remarks);
    yield* remarks;
    yield asProduct(tables, row, children, metafields) ?? nameless(tables, row, children);
  }
}

/** A product's rows of every table, those repeated word for word told and left out. */
function readChildren(tables: EtilizeTables, product: ProductRow) {
  const children: Children = { attribute: [], description: [], image: [], locale: [], sku: [] };
  const remarks: FeedRejection[] = [];
  for (const table of CHILD_TABLES) {
    const firsts = new Map<string, ChildRow>();
    for (const row of tables.store.children(table, product.productId)) {
      // Rows that aren't read carry nothing to compare: they only count.
      const content = row.a === null ? null : `${row.a}\0${row.b}`;
      const first = content === null ? undefined : firsts.get(content);
      const file = tables.files[row.file];
      if (first && file) {
        const raw = readRaw(file, row.offset, row.bytes);
        remarks.push(repeatedRow(file, { line: row.line, raw }, placeOf(tables, first), String(product.productId)));
        continue;
      }
      if (content !== null) firsts.set(content, row);
      children[table].push(row);
    }
  }
  return { children, remarks };
}

/** An attribute's second value is refused, and its row leaves `rows`: the product no longer stands for it. */
function readMetafields(
  tables: EtilizeTables,
  rows: ChildRow[],
  definitions: Map<number, FeedDefinition>,
  remarks: FeedRejection[],
): FeedMetafield[] {
  const metafields: FeedMetafield[] = [];
  const firsts = new Map<number, ChildRow>();
  for (const row of [...rows]) {
    const definition = row.a === null ? undefined : definitions.get(Number(row.a));
    if (!definition || row.b === null || row.b === "") continue;
    const first = firsts.get(Number(row.a));
    if (first) {
      const reason = `Attribute "${definition.name}" has another value on line ${first.line} already. The first one stands.`;
      const rejection = attributeRemark(tables, row, "duplicate_attribute", reason);
      rows.splice(rows.indexOf(row), 1);
      remarks.push({ ...rejection, counted: { as: "rejected", rows: { [rejection.at.file]: 1 } }, severity: "error" });
      continue;
    }
    firsts.set(Number(row.a), row);
    const { metafield, isMisfit } = asMetafield(definition, row.b);
    if (isMisfit) {
      const reason = `"${definition.name}" is ${definition.type}, which this value is not. It was kept as text.`;
      remarks.push(attributeRemark(tables, row, "type_misfit", reason));
    }
    metafields.push({ ...metafield, at: placeOf(tables, row) });
  }
  return metafields;
}

function attributeRemark(tables: EtilizeTables, row: ChildRow, code: string, reason: string): FeedRejection {
  const file = tables.files[row.file];
  return {
    record: "rejection",
    severity: "warning",
    at: placeOf(tables, row),
    column: "displayvalue",
    code,
    reason,
    key: String(row.productId),
    raw: file ? readRaw(file, row.offset, row.bytes) : "",
    counted: null,
  };
}

function asProduct(
  tables: EtilizeTables,
  row: ProductRow,
  children: Children,
  metafields: FeedMetafield[],
): FeedProduct | null {
  const text = (type: string) => children.description.find(({ a, b }) => a === type && b?.trim());
  // 2 main title, 3 sub-title, 1 full, 4 rich marketing, 0 the distributor's own.
  const title = text("2") ?? text("1") ?? text("0");
  const description = text("4") ?? text("1") ?? text("0");
  const short = text("3") ?? (text("4") ? text("1") : undefined);
  const name = title?.b?.trim() || row.partNumber.trim() || null;
  if (name === null) return null;
  const brand = row.manufacturerId === 0 ? null : tables.manufacturers.get(row.manufacturerId)?.trim() || undefined;
  const codes = readCodes(row, children.sku);
  const upcs = codes.filter(({ type }) => type === "upc");
  const file = tables.files[row.file];
  const at = (place: RowPlace | undefined) => place && placeOf(tables, place);
  return {
    record: "product",
    key: String(row.productId),
    at: placeOf(tables, row),
    sku: codes.find(({ type }) => type === "sprc")?.code ?? null,
    fields: {
      name,
      description: description?.b ?? null,
      shortDescription: short?.b ?? null,
      // A manufacturer that the feed doesn't name is unknown, not none.
      ...(brand === undefined ? {} : { brand, manufacturer: brand }),
      manufacturerPartNumber: row.partNumber.trim() || null,
      upc: upcs[0]?.code ?? null,
      status: row.isActive === "0" || children.locale.some(({ a }) => a === "0") ? "draft" : "active",
    },
    categoryKey: row.categoryId === 0 ? null : String(row.categoryId),
    codes,
    matchBy: upcs,
    images: readImages(row, children.image, name),
    metafields,
    places: {
      name: at(title),
      description: at(description),
      shortDescription: at(short),
      upc: at(children.sku.find(({ a }) => a === "upc")),
      images: at(children.image.find(isPicture)),
      codes: at(children.sku.find(({ a }) => a !== null)),
    },
    rows: countRows(tables, row, children),
    raw: file && rawLater(file, [row]),
  };
}

function countRows(tables: EtilizeTables, row: ProductRow, children: Children): RowCounts {
  const rows: RowCounts = {};
  addRows(rows, placeOf(tables, row).file);
  for (const table of CHILD_TABLES) for (const child of children[table]) addRows(rows, placeOf(tables, child).file);
  return rows;
}

/** A product that nothing names can't be shown to anybody. */
function nameless(tables: EtilizeTables, row: ProductRow, children: Children): FeedRejection {
  const file = tables.files[row.file];
  return {
    record: "rejection",
    severity: "error",
    at: placeOf(tables, row),
    column: "mfgpartno",
    code: "name_missing",
    reason: "The product has no English title and no part number.",
    key: String(row.productId),
    raw: file ? readRaw(file, row.offset, row.bytes) : "",
    counted: { as: "rejected", rows: countRows(tables, row, children) },
  };
}

function readCodes(row: ProductRow, skus: ChildRow[]): FeedCode[] {
  const codes: FeedCode[] = [];
  for (const { a, b } of skus) if (typeof a === "string" && b !== null) codes.push({ type: a, code: b });
  const partNumber = row.partNumber.trim();
  // Part numbers are often a size or a phrase: one that is no code is still the product's part number.
  if (codeRefusal(partNumber) === null) codes.push({ type: "mpn", code: partNumber });
  return codes;
}

function isPicture({ a, b }: ChildRow) {
  return typeof a === "string" && (b?.includes("Published") ?? false) && !NO_PICTURE.test(a);
}

/** One picture a view: sizes of a view are one picture. */
function readImages(row: ProductRow, images: ChildRow[], title: string): FeedImage[] {
  const views = new Set<string>();
  for (const { a } of images.filter(isPicture)) {
    const view = String(a);
    views.add(FRONT_SIZES.test(view) ? "Front" : view.trim().replace(/\s+/g, "-"));
  }
  const inOrder = [...views].sort((left, right) => Number(right === "Front") - Number(left === "Front"));
  return inOrder.map((view, sortOrder) => ({
    url: `https://content.etilize.com/${encodeURIComponent(view)}/${row.productId}.jpg`,
    view,
    altText: `${title} — ${viewInWords(view)}`,
    sortOrder,
  }));
}

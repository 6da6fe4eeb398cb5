import { codeRefusal, normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { csvBatches } from "./csv";
import type { CsvRecord } from "./csv-record";
import { type CategoryRow, isRootCategory } from "./etilize-categories";
import type { EtilizeStore, RowPlace } from "./etilize-store";
import { ENGLISH, ETILIZE_COLUMNS, ETILIZE_IDS, type EtilizeTable } from "./etilize-tables";
import type { FeedRecord } from "./feed-record";
import { countValue, emptyStats, type ValueStats } from "./metafield-type";
import { type RowProblem, refusedRow, rowProblem } from "./rows";
import { fileRead, type SourceFile } from "./source-files";

/** What of the feed is small enough for memory. */
export interface EtilizeTables {
  store: EtilizeStore;
  files: SourceFile[];
  manufacturers: Map<number, string>;
  attributeNames: Map<number, string>;
  /** Over the values of each attribute that has any. */
  attributeStats: Map<number, ValueStats>;
  categories: CategoryRow[];
  categoryNames: Map<number, string>;
  /** Ids whose product row was refused: their children's rows say so. */
  refusedIds: Set<number>;
}

/** Reads one file into the store. Refused rows come out; the file's own record comes last. */
export async function* loadEtilizeFile(
  tables: EtilizeTables,
  fileIndex: number,
  table: EtilizeTable,
  signal?: AbortSignal,
): AsyncGenerator<FeedRecord[], void> {
  const file = tables.files[fileIndex];
  if (!file) return;
  let rowsRead = 0;
  let rowsReference = 0;
  for await (const records of csvBatches(file, "backslash", signal)) {
    rowsRead += records.length;
    const told: FeedRecord[] = [];
    for (const record of records) {
      const problem = rowProblem(record, ETILIZE_COLUMNS[table].length) ?? idProblem(record, table);
      if (!problem) {
        const place = { file: fileIndex, line: record.line, offset: record.offset, bytes: record.bytes };
        const refusal = ADD[table](tables, record.fields, place);
        if (refusal === "reference") rowsReference++;
        if (refusal === null || refusal === "reference") continue;
        told.push(refusedRow(file, record, refusal, record.fields[0]));
        continue;
      }
      if (table === "product" && /^\d{1,15}$/.test(record.fields[0] ?? ""))
        tables.refusedIds.add(Number(record.fields[0]));
      told.push(refusedRow(file, record, problem, record.fields[0]));
    }
    const last = records.at(-1);
    if (last) told.push({ record: "progress", bytesRead: last.offset + last.bytes, bytesTotal: file.textBytes });
    yield told;
  }
  yield [fileRead(file, rowsRead, rowsReference)];
}

function idProblem({ fields }: CsvRecord, table: EtilizeTable): RowProblem | null {
  const columns = ETILIZE_COLUMNS[table];
  for (const column of ETILIZE_IDS[table]) {
    const text = fields[columns.indexOf(column)] ?? "";
    if (!/^\d{1,15}$/.test(text))
      return { code: "not_a_number", column, reason: `${column} "${text}" is not a number.` };
  }
  return null;
}

/** Null: taken, for a product or category. "reference": taken, for whoever refers to it. Else why it is refused. */
type AddRow = (tables: EtilizeTables, fields: string[], place: RowPlace) => RowProblem | "reference" | null;

const ADD: Record<EtilizeTable, AddRow> = {
  product({ store }, [id, manufacturerId, isActive = "", partNumber = "", categoryId], place) {
    store.addProduct({
      productId: Number(id),
      manufacturerId: Number(manufacturerId),
      isActive,
      partNumber,
      categoryId: Number(categoryId),
      ...place,
    });
    return null;
  },
  attribute({ store, attributeStats }, fields, place) {
    const [id, attributeId, , value = "", , , , isActive, locale] = fields;
    const isRead = isActive === "1" && locale === ENGLISH;
    if (isRead && value !== "") {
      let stats = attributeStats.get(Number(attributeId));
      if (!stats) {
        stats = emptyStats();
        attributeStats.set(Number(attributeId), stats);
      }
      countValue(stats, value);
    }
    store.addChild(
      "attribute",
      { productId: Number(id), a: isRead ? Number(attributeId) : null, b: value, ...place },
      null,
    );
    return null;
  },
  description({ store }, [id, text = "", , type = "", locale], place) {
    store.addChild(
      "description",
      { productId: Number(id), a: locale === ENGLISH ? type : null, b: text, ...place },
      null,
    );
    return null;
  },
  image({ store }, [id, view = "", status = ""], place) {
    store.addChild("image", { productId: Number(id), a: view, b: status, ...place }, null);
    return null;
  },
  locale({ store }, [id, locale, isActive = ""], place) {
    store.addChild("locale", { productId: Number(id), a: locale === ENGLISH ? isActive : null, b: "", ...place }, null);
    return null;
  },
  sku({ store }, [id, name = "", code = "", locale], place) {
    const isRead = locale === ENGLISH;
    const refusal = isRead ? codeRefusal(code) : null;
    if (refusal) return { code: "code_too_short", column: "sku", reason: `${name} "${code}": ${refusal}.` };
    const type = etilizeCodeType(name);
    const isOneProducts = isRead && (type === "upc" || type === "sprc");
    const norm = isOneProducts ? `${type}:${(type === "upc" && toGtin14(code)) || normalizeCode(code)}` : null;
    store.addChild("sku", { productId: Number(id), a: isRead ? type : null, b: code, ...place }, norm);
    return null;
  },
  category({ categories }, [id, parentId, isActive, , , displayOrder], place) {
    const sortOrder = Number(displayOrder);
    const row = {
      id: Number(id),
      parentId: Number(parentId),
      isActive: isActive !== "0",
      sortOrder: Number.isSafeInteger(sortOrder) ? sortOrder : 0,
      ...place,
    };
    if (isRootCategory(row)) return "reference";
    categories.push(row);
    return null;
  },
  categoryName: ({ categoryNames }, [id, name = "", locale]) => addName(categoryNames, id, name, locale),
  attributeName: ({ attributeNames }, [id, name = "", locale]) => addName(attributeNames, id, name, locale),
  manufacturer: ({ manufacturers }, [id, name = ""]) => addName(manufacturers, id, name, ENGLISH),
};

function addName(names: Map<number, string>, id: string | undefined, name: string, locale: string | undefined) {
  if (locale !== ENGLISH) return "reference";
  const known = names.get(Number(id));
  if (known !== undefined && known !== name)
    return {
      code: "duplicate_key",
      column: "name",
      reason: `${id} is already called "${known}". The first name stands.`,
    };
  names.set(Number(id), name);
  return "reference";
}

/** `SP Richards` is our `sprc`; a kind of code we know nothing of goes by its own name. */
function etilizeCodeType(name: string): string {
  const lower = name.trim().toLowerCase();
  if (lower === "sp richards") return "sprc";
  return lower === "gtin" || lower === "ean" ? "upc" : lower;
}

import "server-only";
import type { FieldSource, FieldSources } from "@/lib/catalog/field-source";
import { setSource } from "@/lib/catalog/plan-fields";
import { stockStatusOf } from "@/lib/catalog/stock-status";
import { type BulkRow, deleteRows, insertRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { typedColumns } from "@/lib/metafields/types";
import { sortKey } from "@/lib/search/fold";
import { refreshSearch } from "@/lib/search/refresh-search";
import { codeRows } from "../apply-created-products";
import type { FieldChange } from "../change";
import type { CatalogueProduct } from "../diff-product";
import { split } from "./changed-since";
import type { PlannedProducts } from "./plan-products";
import type { PlannedUndo } from "./undo-plan";

/** Puts back what the plans say, each kind of write one statement, and takes away what the run had created. */
export async function writeProducts(tx: Tx, { plans, products }: PlannedProducts) {
  const writes = new UndoWrites();
  for (const plan of plans) {
    const product = plan.change.entityId ? products.get(plan.change.entityId) : undefined;
    if (!product || plan.outcome === "skipped") continue;
    if (plan.outcome === "removed") writes.remove(product.id);
    else writes.restore(plan, product);
  }
  await writes.write(tx);
}

class UndoWrites {
  readonly #now = new Date();
  readonly #removed: BulkRow[] = [];
  readonly #columns = new Groups();
  readonly #addedMetafields = new Groups();
  readonly #setMetafields: BulkRow[] = [];
  readonly #besideMetafields: BulkRow[] = [];
  readonly #goneMetafields: BulkRow[] = [];
  readonly #addedCodes: BulkRow[] = [];
  readonly #goneCodes: BulkRow[] = [];
  readonly #addedImages: BulkRow[] = [];
  readonly #goneImages: BulkRow[] = [];
  readonly #touched: string[] = [];

  remove(id: string) {
    this.#removed.push({ id });
  }

  restore(plan: PlannedUndo, product: CatalogueProduct) {
    const columns: BulkRow = {};
    const sources: FieldSources = { ...product.fieldSources };
    let isTouched = false;
    for (const line of plan.lines) {
      const [kind, name] = split(line.field);
      if (line.field === "missing" || line.field === "source") continue;
      isTouched = true;
      if (kind === "metafield") this.#metafield(product, name, line, sources);
      else if (kind === "code") this.#code(product.id, name, line);
      else if (kind === "image") this.#image(product.id, name, line, sources);
      else this.#column(line, columns, sources, plan, product.maker);
    }
    if (!isTouched) return;
    this.#touched.push(product.id);
    this.#columns.add({ id: product.id, ...columns, fieldSources: sources, updatedAt: this.#now });
  }

  async write(tx: Tx) {
    await deleteRows(
      tx,
      "ProductSearch",
      ["productId"],
      this.#removed.map(({ id }) => ({ productId: id ?? "" })),
    );
    await deleteRows(tx, "Product", ["id"], this.#removed);
    for (const rows of this.#columns.all()) await updateRows(tx, "Product", ["id"], rows, ["version"]);
    const key = ["productId", "namespace", "key"];
    await deleteRows(tx, "ProductMetafield", key, this.#goneMetafields);
    for (const rows of this.#addedMetafields.all()) await insertRows(tx, "ProductMetafield", rows);
    await updateRows(tx, "ProductMetafield", key, this.#setMetafields);
    await updateRows(tx, "ProductMetafield", key, this.#besideMetafields);
    await deleteRows(tx, "ProductCode", ["productId", "type", "code"], this.#goneCodes);
    await insertRows(tx, "ProductCode", this.#addedCodes, { onConflict: "nothing" });
    await deleteRows(tx, "ProductImage", ["productId", "view", "url"], this.#goneImages);
    await insertRows(tx, "ProductImage", this.#addedImages, { onConflict: "nothing" });
    await refreshSearch(tx, this.#touched);
  }

  #column(
    line: FieldChange,
    columns: BulkRow,
    sources: FieldSources,
    plan: PlannedUndo,
    maker: CatalogueProduct["maker"],
  ) {
    const { field, before, beforeSource } = line;
    if (line.kept) {
      const current = sources[field];
      if (current) setSource(sources, field, unlessOwn(asBefore(current, beforeSource ?? maker ?? undefined), maker));
      return;
    }
    setSource(sources, field, beforeSource ?? null);
    if (field === "category") {
      columns.categoryId = line.beforeId ?? null;
      return;
    }
    const isText = field === "description" || field === "shortDescription";
    columns[field] = before === null && isText ? "" : before;
    if (field === "name") columns.nameKey = sortKey(String(before ?? ""));
    if (field === "brand") columns.brandKey = before === null ? null : sortKey(String(before));
    if (field === "inventoryQuantity") {
      const said = line.was?.stockStatus;
      columns.stockStatus = typeof said === "string" ? said : stockStatusOf(typeof before === "number" ? before : null);
    }
    if (field === "status") {
      const tombstonedAt = plan.change.fields.saidBefore?.tombstonedAt;
      columns.archivedAt = before !== "archived" ? null : tombstonedAt ? new Date(tombstonedAt) : this.#now;
    }
  }

  #metafield(product: CatalogueProduct, name: string, line: FieldChange, sources: FieldSources) {
    const dot = name.indexOf(".");
    const identity = { productId: product.id, namespace: name.slice(0, dot), key: name.slice(dot + 1) };
    const { before, beforeSource, was } = line;
    if (line.kept) {
      if (before === null) setSource(sources, line.field, beforeSource ?? null);
      else this.#feedBeside(identity, product, name, line);
      return;
    }
    if (before === null) {
      setSource(sources, line.field, beforeSource ?? null);
      this.#goneMetafields.push(identity);
      return;
    }
    setSource(sources, line.field, null);
    const value = String(before);
    const type = typeof was?.type === "string" ? was.type : (line.type ?? "single_line_text_field");
    const row = {
      ...identity,
      value,
      type,
      ...typedColumns(type, value),
      source: beforeSource ?? null,
      ...keeping(beforeSource),
    };
    // A BulkRow's null is SQL's.
    const written = { ...row, updatedAt: this.#now } as BulkRow;
    if (line.after !== null) this.#setMetafields.push(written);
    else this.#addedMetafields.add({ createdAt: this.#now, ...written, ...withTimes(was ?? {}) });
  }

  #feedBeside(identity: BulkRow, { metafields, maker }: CatalogueProduct, name: string, line: FieldChange) {
    const source = metafields.get(name)?.source ?? null;
    const beforeSource = line.beforeSource ?? maker ?? undefined;
    const { feedValue } = beforeSource ?? {};
    this.#besideMetafields.push({
      ...identity,
      kept: line.beforeSource || !maker ? (line.beforeSource?.kept ?? true) : false,
      feedValue: feedValue === undefined || feedValue === null ? null : String(feedValue),
      source: source && unlessOwn(asBefore(source, beforeSource), maker),
      updatedAt: this.#now,
    });
  }

  #code(productId: string, type: string, { before, after }: FieldChange) {
    if (after !== null) this.#goneCodes.push({ productId, type, code: String(after) });
    else this.#addedCodes.push(...codeRows(productId, [{ type, code: String(before) }], this.#now));
  }

  #image(productId: string, view: string, line: FieldChange, sources: FieldSources) {
    setSource(sources, "images", line.beforeSource ?? null);
    if (line.after !== null) this.#goneImages.push({ productId, view, url: String(line.after) });
    else this.#addedImages.push({ ...NEWER_IMAGE_COLUMNS, ...withTimes(line.was ?? {}), productId });
  }
}

function keeping(source: FieldSource | undefined) {
  const { kept = false, feedValue } = source ?? {};
  return { kept, feedValue: kept && feedValue != null ? String(feedValue) : null };
}

/** A kept value's source with what the feed said beside it before; kept against nothing, where no feed had spoken. */
function asBefore(source: FieldSource, before: FieldSource | undefined): FieldSource {
  const { feedValue, feedRunId } = before ?? {};
  const keeping = before && !before.kept ? { kept: undefined, sourceId: before.sourceId } : {};
  return { ...source, ...keeping, feedValue, feedRunId };
}

/** The maker of a product by hand is not named for each of its values. */
function unlessOwn(source: FieldSource, maker: FieldSource | null): FieldSource | null {
  const isOwn = maker !== null && source.id === maker.id && source.at === maker.at && !source.kept;
  return isOwn && source.feedRunId === undefined ? null : source;
}

/** Rows by the columns they set: one statement needs the same columns in every row. */
class Groups {
  readonly #groups = new Map<string, BulkRow[]>();

  add(row: BulkRow) {
    const signature = Object.keys(row).sort().join();
    const rows = this.#groups.get(signature);
    if (rows) rows.push(row);
    else this.#groups.set(signature, [row]);
  }

  all() {
    return this.#groups.values();
  }
}

/** Columns of pictures that rows remembered long ago may lack: one statement needs the same columns in every row. */
const NEWER_IMAGE_COLUMNS = { perceptualHash: null, failure: null, fetchedAt: null };

/** A row as it was remembered, its times read back from JSON. */
function withTimes(was: Record<string, unknown>): BulkRow {
  const row: Record<string, unknown> = { ...was };
  for (const column of ["createdAt", "updatedAt", "fetchedAt"]) {
    if (typeof row[column] === "string") row[column] = new Date(row[column]);
  }
  return row as BulkRow; // what rememberRemovedRows read from the table
}

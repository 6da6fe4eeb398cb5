import "server-only";
import { type FieldSource, type FieldSources, fieldSource, isPersons, makerOf } from "@/lib/catalog/field-source";
import { setSource } from "@/lib/catalog/plan-fields";
import { stockStatusOf } from "@/lib/catalog/stock-status";
import { sourceAfterPersonRun, sourceReleasedInRun } from "@/lib/catalog/value-source";
import { type BulkRow, deleteRows, insertRows, selectRows, updateRows, upsertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { PictureOf } from "@/lib/feeds/local-pictures";
import { keepArrangement } from "@/lib/images/keep-arrangement";
import { typedColumns } from "@/lib/metafields/types";
import { sortKey } from "@/lib/search/fold";
import { refreshSearch } from "@/lib/search/refresh-search";
import { codeRows, imageRows } from "./apply-created-products";
import type { CurrentProduct, RunIdentity } from "./apply-updated-products";
import type { FieldChange } from "./change";
import { fromJson } from "./load-products";
import type { Stopwatch } from "./stopwatch";

/** Gathers what many products' lines come to, so that each kind of write is one statement. */
export class ProductUpdates {
  readonly #now = new Date();
  readonly #voice: RunIdentity["voice"];
  /** A feed's word on every value; a person's depends on what each was before. */
  readonly #source: FieldSource;
  /** Rows by the columns they set: one statement needs the same columns in every row. */
  readonly #columns = new Map<string, BulkRow[]>();
  readonly #setMetafields: BulkRow[] = [];
  readonly #keptMetafields: BulkRow[] = [];
  readonly #removedMetafields: BulkRow[] = [];
  readonly #codes: BulkRow[] = [];
  readonly #removedCodes: BulkRow[] = [];
  readonly #addedImages: BulkRow[] = [];
  readonly #removedImages: BulkRow[] = [];
  readonly #searchable = new Set<string>();
  readonly #makers = new Map<string, FieldSource>();

  readonly #pictureOf: PictureOf;
  readonly #watch: Stopwatch;

  constructor(run: RunIdentity) {
    this.#pictureOf = run.pictureOf;
    this.#watch = run.watch;
    this.#voice = run.voice;
    const sourceId = "sourceId" in run.voice ? run.voice.sourceId : undefined;
    this.#source = { by: "run", id: run.id, sourceId, at: this.#now.toISOString() };
  }

  add(product: CurrentProduct, sources: FieldSources, lines: FieldChange[]) {
    const { id } = product;
    const maker = makerOf(product);
    if (maker) this.#makers.set(id, maker);
    const columns: BulkRow = {};
    const newSources: FieldSources = { ...sources };
    let touched = false;
    for (const line of lines) {
      const [kind, name] = split(line.field);
      if (kind === "metafield") this.#metafield(product, name, line, newSources);
      else if (kind === "code" && line.after === null)
        this.#removedCodes.push({ productId: id, type: name, code: String(line.before) });
      else if (kind === "code")
        this.#codes.push(...codeRows(id, [{ type: name, code: String(line.after) }], this.#now));
      else if (kind === "image") this.#image(product, name, line, newSources);
      else if (line.field === "missing" || line.field === "source") continue;
      else this.#column(product, line, columns, newSources, maker);
      touched = true;
    }
    if (!touched) return;
    if (lines.some((line) => SEARCHED.test(line.field))) this.#searchable.add(id);
    const row: BulkRow = { id, ...columns, fieldSources: newSources, updatedAt: this.#now };
    const signature = Object.keys(row).sort().join();
    const rows = this.#columns.get(signature);
    if (rows) rows.push(row);
    else this.#columns.set(signature, [row]);
  }

  async write(tx: Tx) {
    for (const rows of this.#columns.values()) await updateRows(tx, "Product", ["id"], rows, ["version"]);
    const key = ["productId", "namespace", "key"];
    await upsertRows(
      tx,
      "ProductMetafield",
      key,
      ["value", "type", "numberValue", "dateValue", "source", ...this.#keptColumns(), "updatedAt"],
      this.#setMetafields,
    );
    await updateRows(tx, "ProductMetafield", key, await this.#withRun(tx, this.#keptMetafields));
    await deleteRows(tx, "ProductMetafield", key, this.#removedMetafields);
    await deleteRows(tx, "ProductCode", ["productId", "type", "code"], this.#removedCodes);
    await insertRows(tx, "ProductCode", this.#codes, { onConflict: "nothing" });
    const addedImages = await keepArrangement(tx, this.#addedImages, this.#removedImages);
    await deleteRows(tx, "ProductImage", ["productId", "view", "url"], this.#removedImages);
    await insertRows(tx, "ProductImage", addedImages, { onConflict: "nothing" });
    await this.#watch.during("search", () => refreshSearch(tx, [...this.#searchable]));
  }

  /** The kept metafields' sources, naming this run as the one whose value stands beside. */
  async #withRun(tx: Tx, kept: BulkRow[]): Promise<BulkRow[]> {
    const rows = await selectRows<{ productId: string; namespace: string; key: string; source: unknown }>(
      tx,
      "ProductMetafield",
      `"ProductMetafield"."productId", "namespace", "key", "source"`,
      "productId",
      [...new Set(kept.map((row) => String(row.productId)))],
    );
    const nameOf = (row: BulkRow | (typeof rows)[number]) => `${row.productId}\0${row.namespace}\0${row.key}`;
    const sourceOf = ({ source, productId }: (typeof rows)[number]) =>
      source ? fieldSource.parse(fromJson(source)) : this.#makers.get(productId);
    const sources = new Map(rows.map((row) => [nameOf(row), sourceOf(row)]));
    return kept.flatMap((row) => {
      const source = sources.get(nameOf(row));
      const feedValue = typeof row.feedValue === "string" ? row.feedValue : null;
      return source && isPersons(source) ? [{ ...row, kept: true, source: this.#beside(source, feedValue) }] : [];
    });
  }

  /** A feed never writes over a kept metafield: only a person's word changes whether it is. */
  #keptColumns() {
    return "sourceId" in this.#voice ? [] : ["kept", "feedValue"];
  }

  /** Who the value is of once the line is written; null: the product's own. */
  #sourceAfter(line: FieldChange, { createdByRunId }: CurrentProduct): FieldSource | null {
    if ("sourceId" in this.#voice) return this.#source;
    const value = line.field === "category" ? (line.beforeId ?? null) : line.before;
    const current = { value, source: line.beforeSource ?? null, createdByRunId };
    const runId = this.#source.id;
    if (line.keeping === "release") return sourceReleasedInRun(runId, current, this.#now);
    return sourceAfterPersonRun({ runId, userId: this.#voice.userId }, current, this.#now);
  }

  #column(
    product: CurrentProduct,
    line: FieldChange,
    columns: BulkRow,
    sources: FieldSources,
    maker: FieldSource | null,
  ) {
    if (line.kept) {
      this.#keepFeedValue(line.field, line, sources, maker);
      return;
    }
    setSource(sources, line.field, this.#sourceAfter(line, product));
    if (line.field === "category") {
      columns.categoryId = line.afterId ?? null;
      return;
    }
    const isText = line.field === "description" || line.field === "shortDescription";
    columns[line.field] = line.after === null && isText ? "" : line.after;
    if (line.field === "status") columns.archivedAt = line.after === "archived" ? this.#now : null;
    if (line.field === "name") columns.nameKey = sortKey(String(line.after ?? ""));
    if (line.field === "brand") columns.brandKey = line.after === null ? null : sortKey(String(line.after));
    if (line.field === "inventoryQuantity") {
      const isSaid = !("sourceId" in this.#voice) && SAID_STOCK.includes(product.stockStatus);
      const counted = stockStatusOf(typeof line.after === "number" ? line.after : null);
      columns.stockStatus = isSaid ? product.stockStatus : counted;
    }
  }

  /** The person's value stays; what the feed says now is remembered beside it. */
  #keepFeedValue(field: string, line: FieldChange, sources: FieldSources, maker: FieldSource | null = null) {
    const kept = sources[field] ?? maker;
    const feedValue = field === "category" ? line.afterId : line.after;
    if (kept && isPersons(kept) && feedValue !== undefined) sources[field] = this.#beside(kept, feedValue);
  }

  /** A value that a person gave before any feed spoke of the field is kept from this word on. */
  #beside(source: FieldSource, feedValue: FieldChange["after"]): FieldSource {
    const keeping = source.kept ? {} : { kept: true, sourceId: this.#source.sourceId };
    return { ...source, ...keeping, feedValue, feedRunId: this.#source.id };
  }

  #metafield(product: CurrentProduct, name: string, line: FieldChange, sources: FieldSources) {
    const dot = name.indexOf(".");
    const identity = { productId: product.id, namespace: name.slice(0, dot), key: name.slice(dot + 1) };
    if (line.kept) {
      if (line.before === null) this.#keepFeedValue(line.field, line, sources);
      else
        this.#keptMetafields.push({
          ...identity,
          feedValue: line.after === null ? null : String(line.after),
          updatedAt: this.#now,
        });
      return;
    }
    const source = this.#sourceAfter(line, product);
    const isFeeds = "sourceId" in this.#voice;
    // Once removed, only the product remembers what the feed says of it.
    if (!isFeeds) setSource(sources, line.field, line.after === null && source?.kept ? source : null);
    if (line.after === null) {
      this.#removedMetafields.push(identity);
      return;
    }
    const value = String(line.after);
    const type = line.type ?? "single_line_text_field";
    const feedValue = source?.kept && source.feedValue != null ? String(source.feedValue) : null;
    this.#setMetafields.push({
      ...identity,
      value,
      type,
      ...typedColumns(type, value),
      source: source as BulkRow[string], // a BulkRow's null is SQL's
      ...(isFeeds ? {} : { kept: source?.kept ?? false, feedValue }),
      createdAt: this.#now,
      updatedAt: this.#now,
    });
  }

  #image(product: CurrentProduct, view: string, line: FieldChange, sources: FieldSources) {
    const productId = product.id;
    setSource(sources, "images", this.#sourceAfter(line, product));
    if (line.before !== null) {
      this.#removedImages.push({ productId, view, url: String(line.before) });
      return;
    }
    const details = JSON.parse(line.type ?? "{}") as { altText?: string; sortOrder?: number };
    const { altText = "", sortOrder = 0 } = details;
    this.#addedImages.push(
      ...imageRows(productId, [{ url: String(line.after), view, altText, sortOrder }], this.#pictureOf, this.#now),
    );
  }
}

/** Stock states that are somebody's word, not a count's. */
const SAID_STOCK: readonly string[] = ["backorder", "discontinued"];

/** Fields the search box reads. */
const SEARCHED = /^(name|brand|category|metafield:|code:)/;

function split(field: string): [string, string] {
  const at = field.indexOf(":");
  return at < 0 ? ["", field] : [field.slice(0, at), field.slice(at + 1)];
}

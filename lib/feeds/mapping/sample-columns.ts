import type { MetafieldType } from "@/lib/metafields/types";
import type { FeedDefinition, FeedProduct } from "../feed-record";
import { countValue, emptyStats, narrowestType } from "../metafield-type";
import { READER_FIELD } from "./row-mapper";

/** A column or attribute as a file's first rows show it. */
export interface SampleColumn {
  /** MappedColumn.column */
  column: string;
  label: string;
  /** `field`: the format's reader gives it; `attribute`: it becomes a metafield by itself; `column`: nobody takes it. */
  group: "field" | "attribute" | "column";
  /** The metafield that an attribute becomes by itself. */
  metafield: string | null;
  filled: number;
  /** Rows looked at. */
  of: number;
  isDistinct: boolean;
  samples: string[];
  /** The narrowest metafield type that the values seen fit. */
  type: MetafieldType;
}

/** What the format's reader takes comes first. */
const ORDER = { field: 0, attribute: 1, column: 2 } as const;
const SAMPLES = 3;
const SAMPLE_LENGTH = 60;

/** Counts what stands in the columns of a sample. */
export class ColumnCounter {
  private readonly columns = new Map<
    string,
    { column: SampleColumn; stats: ReturnType<typeof emptyStats>; seen: Set<string> }
  >();
  private rows = 0;

  add(column: string, label: string, group: SampleColumn["group"], metafield: string | null = null) {
    if (this.columns.has(column)) return;
    const fresh = { column, label, group, metafield, filled: 0, of: 0, isDistinct: true, samples: [] };
    this.columns.set(column, {
      column: { ...fresh, type: "single_line_text_field" },
      stats: emptyStats(),
      seen: new Set(),
    });
  }

  count(column: string, text: string) {
    const counted = this.columns.get(column);
    if (!counted || text.trim() === "") return;
    const { stats, seen } = counted;
    counted.column.filled++;
    countValue(stats, text);
    const shown = text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text;
    if (seen.has(shown)) counted.column.isDistinct = false;
    else if (counted.column.samples.length < SAMPLES) counted.column.samples.push(shown);
    seen.add(shown);
  }

  countRow() {
    this.rows++;
  }

  /** What a reader says of a product without any mapping. */
  countProduct(product: FeedProduct, columnOf: (name: string) => string | undefined) {
    this.countRow();
    for (const [field, value] of Object.entries(product.fields)) {
      this.add(READER_FIELD + field, field, "field");
      const text =
        typeof value === "number" && field.endsWith("Cents") ? (value / 100).toFixed(2) : String(value ?? "");
      this.count(READER_FIELD + field, text);
    }
    if (product.categoryKey !== undefined) {
      this.add(`${READER_FIELD}category`, "category", "field");
      this.count(`${READER_FIELD}category`, product.categoryKey ?? "");
    }
    if (product.images) {
      this.add(`${READER_FIELD}images`, "images", "field");
      this.count(`${READER_FIELD}images`, product.images.map((image) => image.url).join(" "));
    }
    for (const { namespace, key, value } of product.metafields ?? []) {
      const column = columnOf(`${namespace}.${key}`);
      if (column) this.count(column, value);
    }
  }

  addDefinition({ externalKey, namespace, key, name }: FeedDefinition) {
    this.add(externalKey, name, "attribute", `${namespace}.${key}`);
  }

  end(): SampleColumn[] {
    // The names of narrowestType are Shopify's.
    const found = [...this.columns.values()].sort((a, b) => ORDER[a.column.group] - ORDER[b.column.group]);
    return found.map(({ column, stats }) => ({
      ...column,
      of: this.rows,
      isDistinct: column.isDistinct && column.filled > 1,
      type: narrowestType(stats) as MetafieldType,
    }));
  }
}

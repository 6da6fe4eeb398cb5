import { z } from "zod";
import type { FeedField, FeedKind } from "./feed-record";

/** Fields that are ruled together unless a field has an order of its own. */
export type FieldGroup = "commerce" | "content";

/** Formats from the ruling one down, where nobody has said otherwise. */
const BY_KIND: Record<FieldGroup, readonly FeedKind[]> = {
  commerce: ["erp", "csv", "shopify_csv", "etilize", "category_json"],
  content: ["etilize", "shopify_csv", "csv", "erp", "category_json"],
};

export const COMMERCE_FIELDS: readonly string[] = [
  "priceCents",
  "compareAtPriceCents",
  "costPriceCents",
  "inventoryQuantity",
] satisfies FeedField[];

export function groupOf(field: string): FieldGroup {
  return COMMERCE_FIELDS.includes(field) ? "commerce" : "content";
}

const order = z.array(z.uuid()).max(200);

/** Configuration `feeds.precedence`: ids of sources, the ruling one first, per group and per field that has its own order. */
export const precedenceSettings = z.object({
  commerce: order.default([]),
  content: order.default([]),
  fields: z.record(z.string().max(200), order).default({}),
});
export type PrecedenceSettings = z.output<typeof precedenceSettings>;

export interface RulingOrder {
  /** Sources from the ruling one down; those of one step are equals: whoever speaks last is heard. */
  steps: string[][];
  /** What the order rests on: the field's own, its group's, or the formats'. */
  by: "field" | "group" | "format";
}

/** Which source rules which field. */
export class Precedence {
  readonly #kinds: Map<string, FeedKind>;
  readonly #ranks = new Map<string, Map<string, number>>();

  constructor(
    sources: readonly { id: string; kind: FeedKind }[],
    private readonly settings: PrecedenceSettings,
  ) {
    this.#kinds = new Map(sources.map(({ id, kind }) => [id, kind]));
  }

  /** Whether `challenger` may replace a value that `owner` gave. A source may always change what it said itself. */
  mayReplace(field: string, challenger: string, owner: string): boolean {
    if (challenger === owner) return true;
    const ranks = this.#ranksOf(field);
    return (ranks.get(challenger) ?? Infinity) <= (ranks.get(owner) ?? Infinity);
  }

  orderOf(field: string): RulingOrder {
    const ranks = this.#ranksOf(field);
    const steps = new Map<number, string[]>();
    for (const [id, rank] of ranks) steps.set(rank, [...(steps.get(rank) ?? []), id]);
    const sorted = [...steps].sort(([a], [b]) => a - b).map(([, ids]) => ids);
    return { steps: sorted, by: this.#chosen(field).by };
  }

  #ranksOf(field: string): Map<string, number> {
    const { ids, by } = this.#chosen(field);
    const cached = by === "field" ? field : groupOf(field);
    let ranks = this.#ranks.get(cached);
    if (!ranks) {
      const kinds = BY_KIND[groupOf(field)];
      // A source that the order does not name comes behind those it names.
      ranks = new Map(
        [...this.#kinds].map(([id, kind]) => {
          const at = ids.indexOf(id);
          return [id, at >= 0 ? at : ids.length + kinds.indexOf(kind)];
        }),
      );
      this.#ranks.set(cached, ranks);
    }
    return ranks;
  }

  #chosen(field: string): { ids: readonly string[]; by: RulingOrder["by"] } {
    const own = this.settings.fields[field];
    if (own && own.length > 0) return { ids: own, by: "field" };
    const group = this.settings[groupOf(field)];
    return group.length > 0 ? { ids: group, by: "group" } : { ids: [], by: "format" };
  }
}

import "server-only";
import { normalizeCode } from "@/lib/catalog/codes";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import type { FeedCode, FeedProduct } from "@/lib/feeds/feed-record";
import { type CodeIndex, decideMatch, lookupKeys, type Match } from "./decide-match";

/** The type of an alias that speaks of a source's own key; its `normalized` is the key as it stands. */
export const KEY_ALIAS = "key";

/**
 * Finds the products that new items of one source speak of: by a person's answer, else by strong codes alone.
 * A product that this source already describes under another key is no candidate: its own key decides.
 */
export class Matcher {
  /** Products that an item of this run has been matched to: {productId: externalKey}. */
  readonly #claimed = new Map<string, string>();

  constructor(
    private readonly on: Reader,
    private readonly sourceId: string,
  ) {}

  async match(items: FeedProduct[]): Promise<Map<string, Match>> {
    const aliases = await this.#aliases(items);
    const byCode = await this.#candidates(items);
    const taken = await this.#taken([...byCode.values()].flat().map((candidate) => candidate.productId));
    const found = new Map<string, Match>();
    for (const item of items) {
      const alias = aliases.size === 0 ? undefined : aliasOf(item, aliases);
      const match = alias === undefined ? decideMatch(item, byCode, taken) : byAlias(alias);
      found.set(item.key, this.#claim(item, match));
    }
    return found;
  }

  /** What an earlier try of the run had matched already. */
  remember(claimed: ReadonlyMap<string, string>) {
    for (const [productId, key] of claimed) this.#claimed.set(productId, key);
  }

  /** Two items of one run can't be the same product: the second waits for a person. */
  #claim(item: FeedProduct, match: Match): Match {
    if (match.outcome !== "one") return match;
    const other = this.#claimed.get(match.productId);
    if (other !== undefined && other !== item.key) {
      return {
        outcome: "ambiguous",
        candidates: [{ productId: match.productId, sku: "", by: [] }],
        reason: `Item ${other} of this run is matched to the same product.`,
      };
    }
    this.#claimed.set(match.productId, item.key);
    return match;
  }

  /** Answers given before, of this source or for all: {type and code: product, or null to leave it out}. */
  async #aliases(items: FeedProduct[]): Promise<Map<string, string | null>> {
    const codes = items.flatMap((item) => [item.key, ...item.matchBy.map((code) => normalizeCode(code.code))]);
    const rows = await selectRows<{
      type: string;
      normalized: string;
      productId: string | null;
      sourceId: string | null;
    }>(this.on, "CodeAlias", `"type", "normalized", "productId", "sourceId"`, "normalized", [...new Set(codes)]);
    const own = rows.filter((row) => row.sourceId === null || row.sourceId === this.sourceId);
    return new Map(own.map((row) => [`${row.type}\0${row.normalized}`, row.productId]));
  }

  /** Products per code: by normalised code, and by GTIN-14 for UPC and EAN. */
  async #candidates(items: FeedProduct[]) {
    const keys = items.map(lookupKeys);
    const normalized = [...new Set(keys.flatMap((one) => one.normalized))];
    const gtins = [...new Set(keys.flatMap((one) => one.gtins))];
    const rows = [...(await this.#codeRows("normalized", normalized)), ...(await this.#codeRows("gtin14", gtins))];
    const byCode: CodeIndex = new Map();
    for (const { normalized: code, gtin14, ...row } of rows) {
      for (const key of [...(gtin14 ? [`gtin\0${gtin14}`] : []), `${row.type}\0${code}`]) {
        const list = byCode.get(key) ?? [];
        if (!list.some((candidate) => candidate.productId === row.productId)) byCode.set(key, [...list, row]);
      }
    }
    return byCode;
  }

  #codeRows(column: "normalized" | "gtin14", values: string[]) {
    return selectRows<{
      type: string;
      code: string;
      normalized: string;
      gtin14: string | null;
      productId: string;
      sku: string;
    }>(
      this.on,
      "ProductCode",
      `"ProductCode"."type", "ProductCode"."code", "ProductCode"."normalized", "ProductCode"."gtin14",
       "ProductCode"."productId",
       (SELECT "sku" FROM "Product" p WHERE p."id" = "ProductCode"."productId") AS "sku"`,
      column,
      values,
    );
  }

  /** Products this source already describes under some key. */
  async #taken(productIds: string[]): Promise<Set<string>> {
    if (productIds.length === 0) return new Set();
    const rows = await selectRows<{ productId: string; sourceId: string }>(
      this.on,
      "SourceItem",
      `"SourceItem"."productId", "SourceItem"."sourceId"`,
      "productId",
      [...new Set(productIds)],
    );
    return new Set(rows.filter((row) => row.sourceId === this.sourceId).map((row) => row.productId));
  }
}

/** The source's own key first: it is what a person answered for. */
function aliasOf(item: FeedProduct, aliases: Map<string, string | null>) {
  const keys = [`${KEY_ALIAS}\0${item.key}`, ...item.matchBy.map(codeKey)];
  return keys.map((key) => aliases.get(key)).find((answer) => answer !== undefined);
}

function codeKey(code: FeedCode) {
  return `${code.type}\0${normalizeCode(code.code)}`;
}

function byAlias(productId: string | null): Match {
  return productId === null ? { outcome: "left_out" } : { outcome: "one", productId, method: "alias" };
}

/** SKUs that products have already, among those asked for: {sku: productId}. */
export async function listExistingSkus(on: Reader, skus: string[]): Promise<Map<string, string>> {
  if (skus.length === 0) return new Map();
  const rows = await selectRows<{ id: string; sku: string }>(
    on,
    "Product",
    `"Product"."id", "Product"."sku"`,
    "sku",
    skus,
  );
  return new Map(rows.map((row) => [row.sku, row.id]));
}

/** Highest run number so far. */
export async function lastRunNumber(on: Reader): Promise<number> {
  const [row] = await queryRows<{ last: number | null }>(on, `SELECT max("number") AS "last" FROM "SyncHistory"`);
  return row?.last ?? 0;
}

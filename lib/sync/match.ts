import "server-only";
import { normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";
import { queryRows } from "@/lib/db/raw";
import type { FeedCode, FeedProduct } from "@/lib/feeds/feed-record";

/** Which product a feed's item is: none, one and many are three outcomes, and each says why. */
export type Match =
  | { outcome: "one"; productId: string; method: string }
  | { outcome: "none"; reason: string }
  | { outcome: "ambiguous"; candidates: { productId: string; sku: string; by: string }[]; reason: string };

interface Candidate {
  productId: string;
  sku: string;
}

/** Code types that name the same numbering and so are looked up together. */
const SAME_NUMBERING: Record<string, readonly string[]> = {
  upc: ["upc"],
  cws: ["cws", "erp"],
  erp: ["erp", "cws"],
};

/**
 * Finds the products that new items of one source speak of, by strong codes alone.
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
      const alias = item.matchBy.map((code) => aliases.get(lookupKey(code))).find((id) => id !== undefined);
      const match = alias
        ? ({ outcome: "one", productId: alias, method: "alias" } as const)
        : decide(item, byCode, taken);
      found.set(item.key, this.#claim(item, match));
    }
    return found;
  }

  /** Two items of one run can't be the same product: the second waits for a person. */
  #claim(item: FeedProduct, match: Match): Match {
    if (match.outcome !== "one") return match;
    const other = this.#claimed.get(match.productId);
    if (other !== undefined && other !== item.key) {
      return {
        outcome: "ambiguous",
        candidates: [{ productId: match.productId, sku: "", by: match.method }],
        reason: `Item ${other} of this run is matched to the same product.`,
      };
    }
    this.#claimed.set(match.productId, item.key);
    return match;
  }

  async #aliases(items: FeedProduct[]) {
    const normalized = [...new Set(items.flatMap((item) => item.matchBy.map((code) => normalizeCode(code.code))))];
    const rows = await selectRows<{ type: string; normalized: string; productId: string; sourceId: string | null }>(
      this.on,
      "CodeAlias",
      `"type", "normalized", "productId", "sourceId"`,
      "normalized",
      normalized,
    );
    const own = rows.filter((row) => row.sourceId === null || row.sourceId === this.sourceId);
    return new Map(own.map((row) => [`${row.type}\0${row.normalized}`, row.productId]));
  }

  /** Products per code: by normalised code, and by GTIN-14 for UPC and EAN. */
  async #candidates(items: FeedProduct[]) {
    const codes = items.flatMap((item) => item.matchBy);
    const normalized = [...new Set(codes.filter((code) => !gtinOf(code)).map((code) => normalizeCode(code.code)))];
    const gtins = [...new Set(codes.flatMap((code) => gtinOf(code) ?? []))];
    const rows = [...(await this.#codeRows("normalized", normalized)), ...(await this.#codeRows("gtin14", gtins))];
    const byCode = new Map<string, Candidate[]>();
    for (const row of rows) {
      const keys = row.gtin14 ? [`gtin\0${row.gtin14}`] : [];
      for (const key of [...keys, `${row.type}\0${row.normalized}`]) {
        const list = byCode.get(key) ?? [];
        if (!list.some((candidate) => candidate.productId === row.productId)) {
          byCode.set(key, [...list, { productId: row.productId, sku: row.sku }]);
        }
      }
    }
    return byCode;
  }

  #codeRows(column: "normalized" | "gtin14", values: string[]) {
    return selectRows<{ type: string; normalized: string; gtin14: string | null; productId: string; sku: string }>(
      this.on,
      "ProductCode",
      `"ProductCode"."type", "ProductCode"."normalized", "ProductCode"."gtin14", "ProductCode"."productId",
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

/** Strong codes decide together: they contradict only when their candidates are disjoint. */
function decide(item: FeedProduct, byCode: Map<string, Candidate[]>, taken: Set<string>): Match {
  const votes = item.matchBy
    .map((code) => ({ code, products: productsOf(code, byCode).filter((product) => !taken.has(product.productId)) }))
    .filter((vote) => vote.products.length > 0);
  const first = votes[0];
  if (!first) return { outcome: "none", reason: noneReason(item) };
  let agreed = first.products;
  for (const vote of votes.slice(1)) {
    const both = agreed.filter((product) => vote.products.some((other) => other.productId === product.productId));
    if (both.length === 0) return ambiguous(votes);
    agreed = both;
  }
  const [only, another] = agreed;
  if (!only || another) return ambiguous(votes);
  return { outcome: "one", productId: only.productId, method: `${first.code.type}:${first.code.code}` };
}

function ambiguous(votes: { code: FeedCode; products: Candidate[] }[]): Match {
  const candidates = votes.flatMap((vote) =>
    vote.products.map((product) => ({ ...product, by: `${vote.code.type} ${vote.code.code}` })),
  );
  const named = candidates.map((candidate) => `${candidate.sku} (by ${candidate.by})`).join(", ");
  const distinct = new Set(candidates.map((candidate) => candidate.productId)).size;
  return { outcome: "ambiguous", candidates, reason: `ambiguous (${distinct}): ${named}` };
}

function noneReason(item: FeedProduct) {
  if (item.matchBy.length === 0) return "It carries no code that a product could be found by.";
  const codes = item.matchBy.map((code) => `${code.type} ${code.code}`).join(", ");
  return `No product has ${codes}.`;
}

function productsOf(code: FeedCode, byCode: Map<string, Candidate[]>): Candidate[] {
  const gtin = gtinOf(code);
  if (gtin) return byCode.get(`gtin\0${gtin}`) ?? [];
  const types = SAME_NUMBERING[code.type] ?? [code.type];
  const all = types.flatMap((type) => byCode.get(`${type}\0${normalizeCode(code.code)}`) ?? []);
  return all.filter((one, at) => all.findIndex((other) => other.productId === one.productId) === at);
}

function gtinOf(code: FeedCode) {
  return code.type === "upc" ? toGtin14(code.code) : null;
}

function lookupKey(code: FeedCode) {
  return `${code.type}\0${normalizeCode(code.code)}`;
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

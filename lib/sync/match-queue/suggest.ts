import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { normalizeCode } from "@/lib/catalog/codes";
import { listProducts } from "@/lib/catalog/list-products";
import { selectRows } from "@/lib/db/bulk";
import { db } from "@/lib/db/client";
import { words } from "@/lib/search/fold";
import { codeColumn } from "./code-column";
import type { HeldItem } from "./stored-item";

/** A product that a held row may be, and why it is offered. */
export interface CandidateView {
  productId: string;
  sku: string;
  name: string;
  brand: string | null;
  priceCents: number | null;
  status: string;
  /** `sku BAO-06009-00 = itemNumber BAO0600900` */
  evidence: string[];
  /** By strong codes; the others are suggestions alone. */
  isStrong: boolean;
}

/** Suggestions beyond the candidates. */
const MOST = 5;
/** A code on more products than this says nothing about any of them. */
const MOST_OF_ONE_CODE = 5;
/** Words of a name that are looked for together, the longest first. */
const TELLING_WORDS = 4;

/** What a held row may be: its candidates by strong codes, then what weak codes and its name suggest. */
export async function listCandidates(
  actor: Actor,
  item: HeldItem | null,
  strong: { productId: string; by: { type: string; code: string; theirType: string; theirCode: string }[] }[],
): Promise<CandidateView[]> {
  assertCan(actor, "sync:read");
  const why = new Map(
    strong.map(({ productId, by }) => [
      productId,
      by.map((one) => `${codeColumn(one.type)} ${one.code} = ${codeColumn(one.theirType)} ${one.theirCode}`),
    ]),
  );
  const weak = item ? await weakEvidence(actor, item) : new Map<string, string[]>();
  for (const [productId, evidence] of weak) {
    // Of a candidate by strong codes only its name says more than is known.
    if (why.has(productId)) why.get(productId)?.push(...evidence.filter((one) => one.startsWith("name ")));
    else if (why.size < strong.length + MOST) why.set(productId, evidence);
  }
  const products = await db.product.findMany({
    where: { id: { in: [...why.keys()] } },
    select: { id: true, sku: true, name: true, brand: true, priceCents: true, status: true },
  });
  const isStrong = new Set(strong.map((candidate) => candidate.productId));
  const brand = item?.fields.brand?.toLowerCase();
  return [...why].flatMap(([productId, evidence]) => {
    const product = products.find((one) => one.id === productId);
    if (!product) return [];
    const { id: _, ...rest } = product;
    const same = brand && rest.brand?.toLowerCase() === brand ? [`same brand, ${rest.brand}`] : [];
    return { productId, ...rest, evidence: [...evidence, ...same], isStrong: isStrong.has(productId) };
  });
}

async function weakEvidence(actor: Actor, item: HeldItem): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const add = (productId: string, why: string) => found.set(productId, [...(found.get(productId) ?? []), why]);
  for (const { productId, why } of await byWeakCodes(item)) add(productId, why);
  if (found.size < MOST) for (const { productId, why } of await byName(actor, item)) add(productId, why);
  return found;
}

/** Part numbers and catalogue numbers, whatever kind of code they equal. */
async function byWeakCodes(item: HeldItem) {
  const codes = new Map(
    [...item.codes, { type: "key", code: item.key }, { type: "mpn", code: item.fields.manufacturerPartNumber ?? "" }]
      .map((code) => [normalizeCode(code.code), code] as const)
      .filter(([normalized]) => normalized.length >= SHORTEST_WEAK_CODE),
  );
  const rows = await selectRows<{ productId: string; type: string; code: string; normalized: string }>(
    db,
    "ProductCode",
    `"ProductCode"."productId", "ProductCode"."type", "ProductCode"."code", "ProductCode"."normalized"`,
    "normalized",
    [...codes.keys()],
  );
  return rows.flatMap((row) => {
    const own = codes.get(row.normalized);
    const sharing = new Set(
      rows.filter((other) => other.normalized === row.normalized).map((other) => other.productId),
    );
    if (!own || sharing.size > MOST_OF_ONE_CODE) return [];
    return {
      productId: row.productId,
      why: `${own.type === "key" ? "its key" : codeColumn(own.type)} ${own.code} = ${codeColumn(row.type)} ${row.code}`,
    };
  });
}

const SHORTEST_WEAK_CODE = 4;

/** By the most telling words of what the row calls the product; fewer of them where all together name nothing. */
async function byName(actor: Actor, item: HeldItem) {
  const name = item.fields.name ?? item.title ?? "";
  const all = [...new Set(words(name))].filter((word) => word.length > 2);
  const telling = all.sort((a, b) => weight(b) - weight(a)).slice(0, TELLING_WORDS);
  for (let count = telling.length; count >= 2; count--) {
    const sought = telling.slice(0, count);
    const { rows } = await listProducts(actor, { q: `${sought.join(" ")} `, size: MOST });
    if (rows.length > 0) return rows.map((row) => ({ productId: row.id, why: `name has “${sought.join(", ")}”` }));
  }
  return [];
}

/** Figures and long words tell products apart. */
function weight(word: string) {
  return word.length + (/\d/.test(word) ? 6 : 0);
}

import { codeRefusal, normalizeCode, toGtin14 } from "@/lib/catalog/codes";
import type { FeedCode, FeedProduct } from "@/lib/feeds/feed-record";
import { codeColumn } from "./match-queue/code-column";

/** Why a product may be the one: a code of the row that one of its codes equals. */
export interface CodeEvidence {
  /** The row's code, as received. */
  type: string;
  code: string;
  /** The product's code that equals it, as received. */
  theirType: string;
  theirCode: string;
}

/** A product that a row may speak of. */
export interface Candidate {
  productId: string;
  sku: string;
  by: CodeEvidence[];
}

/** Which product a feed's item is: none, one and many are three outcomes, and each says why. */
export type Match =
  | { outcome: "one"; productId: string; method: string }
  /** Why, in words, is `whyNone`'s: most of a first feed matches nothing, and nobody asks. */
  | { outcome: "none" }
  | { outcome: "ambiguous"; candidates: Candidate[]; reason: string }
  /** A person said that it is no product of ours. */
  | { outcome: "left_out" };

/** A product's code as the catalogue holds it. */
export interface KnownCode {
  productId: string;
  sku: string;
  type: string;
  code: string;
}

/** Products per code: `type\0normalised`, or `gtin\0` and the GTIN-14. */
export type CodeIndex = Map<string, KnownCode[]>;

/** Code types that name the same numbering and so are looked up together. */
const SAME_NUMBERING: Record<string, readonly string[]> = {
  upc: ["upc"],
  cws: ["cws", "erp"],
  sprc: ["sprc", "erp"],
  erp: ["erp", "cws", "sprc"],
};

/** A catalogue number names a family of items: it decides nothing, but a row that gives nothing better waits. */
const WEAK_NUMBERING: Record<string, readonly string[]> = { cws_catalog: ["erp_base"] };

/** Strong codes decide together: they contradict only when their candidates are disjoint. */
export function decideMatch(item: FeedProduct, index: CodeIndex, taken: Set<string>): Match {
  if (index.size === 0) return { outcome: "none" };
  const usable = item.matchBy.filter((code) => codeRefusal(code.code) === null);
  const votes = usable
    .map((code) => ({
      code,
      found: productsOf(code, index, SAME_NUMBERING).filter((one) => !taken.has(one.productId)),
    }))
    .filter((vote) => vote.found.length > 0);
  const first = votes[0];
  if (!first) return usable.length === 0 ? decideByFamily(item, index) : { outcome: "none" };
  let agreed = first.found;
  for (const vote of votes.slice(1)) {
    const both = agreed.filter((one) => vote.found.some((other) => other.productId === one.productId));
    if (both.length === 0) return ambiguous(votes.map(({ code, found }) => evidence(code, found)));
    agreed = both;
  }
  const [only, another] = agreed;
  if (!only || another) return ambiguous(votes.map(({ code, found }) => evidence(code, found)));
  return {
    outcome: "one",
    productId: only.productId,
    method: [...new Set([codeColumn(first.code.type), codeColumn(only.type)])].join(":"),
  };
}

function decideByFamily(item: FeedProduct, index: CodeIndex): Match {
  const found = weakCodes(item).map((code) => evidence(code, productsOf(code, index, WEAK_NUMBERING)));
  return found.some((candidates) => candidates.length > 0) ? ambiguous(found) : { outcome: "none" };
}

/** The keys of the index that an item's codes are looked up by. */
export function lookupKeys(item: FeedProduct): { normalized: string[]; gtins: string[] } {
  const usable = item.matchBy.filter((code) => codeRefusal(code.code) === null);
  const codes = usable.length > 0 ? usable : weakCodes(item);
  const normalized: string[] = [];
  const gtins: string[] = [];
  for (const code of codes) {
    const gtin = gtinOf(code);
    if (gtin) gtins.push(gtin);
    else normalized.push(normalizeCode(code.code));
  }
  return { normalized, gtins };
}

function weakCodes(item: FeedProduct) {
  return item.codes.filter((code) => code.type in WEAK_NUMBERING && codeRefusal(code.code) === null);
}

function evidence(code: FeedCode, found: KnownCode[]): Candidate[] {
  return found.map(({ productId, sku, type, code: theirCode }) => ({
    productId,
    sku,
    by: [{ type: code.type, code: code.code, theirType: type, theirCode }],
  }));
}

function ambiguous(votes: Candidate[][]): Match {
  const candidates = new Map<string, Candidate>();
  for (const candidate of votes.flat()) {
    const known = candidates.get(candidate.productId);
    candidates.set(candidate.productId, known ? { ...known, by: [...known.by, ...candidate.by] } : candidate);
  }
  const named = [...candidates.values()].map(({ sku, by }) => `${sku} (by ${by.map(inWords).join(", ")})`);
  return {
    outcome: "ambiguous",
    candidates: [...candidates.values()],
    reason: `ambiguous (${candidates.size}): ${named.join(", ")}`,
  };
}

function inWords({ type, code }: { type: string; code: string }) {
  return `${codeColumn(type)} ${code}`;
}

/** Why no product was found, as a sentence. */
export function whyNone(item: FeedProduct): string {
  if (item.matchBy.length === 0) return "It carries no code that a product could be found by.";
  const usable = item.matchBy.filter((code) => codeRefusal(code.code) === null);
  const short = item.matchBy.filter((code) => codeRefusal(code.code) !== null);
  const sentences = [
    usable.length > 0 && `No product has ${usable.map(inWords).join(", ")}.`,
    short.length > 0 && `${short.map(inWords).join(", ")}: code too short.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

function productsOf(code: FeedCode, index: CodeIndex, numbering: Record<string, readonly string[]>): KnownCode[] {
  const gtin = gtinOf(code);
  const types = numbering[code.type] ?? [code.type];
  const all = gtin
    ? (index.get(`gtin\0${gtin}`) ?? [])
    : types.flatMap((type) => index.get(`${type}\0${normalizeCode(code.code)}`) ?? []);
  return all.filter((one, at) => all.findIndex((other) => other.productId === one.productId) === at);
}

function gtinOf(code: FeedCode) {
  return code.type === "upc" ? toGtin14(code.code) : null;
}

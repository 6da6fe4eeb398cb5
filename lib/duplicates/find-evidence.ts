import "server-only";
import { codeRefusal } from "@/lib/catalog/codes";
import { type Holder, readLikelyProducts, sharedCodes, sharedNames, sharedPictures } from "@/lib/db/duplicates";
import { areAlike } from "./alike-names";
import type { Evidence, EvidenceKind } from "./evidence";
import { pairs } from "./group-products";
import { nearPictures } from "./near-pictures";

/** What more products share than this tells none of them apart: a family's number, a "no picture" picture. */
const MOST_ALIKE = 20;

/** Numbers of families, and parts of which every maker has a `100`: equal ones say something within one brand alone. */
const WITHIN_BRAND = new Set(["mpn", "cws_catalog", "erp_base"]);

export interface FoundEvidence {
  /** What alone makes products look like one. */
  evidence: Evidence[];
  /** What only adds to it: variants share their pictures. */
  supporting: Evidence[];
  /** Values that too many products share to say anything. */
  tooCommon: number;
}

/** Looks the whole catalogue through for what products share, archived ones left out. `between` is awaited between batches. */
export async function findEvidence(between: (found: number) => Promise<void>): Promise<FoundEvidence> {
  const found: FoundEvidence = { evidence: [], supporting: [], tooCommon: 0 };
  const take = async (kind: EvidenceKind, holders: Holder[]) => {
    await addShared(kind, holders, found);
    await between(found.evidence.length);
  };
  for await (const holders of sharedCodes("gtin14")) await take("gtin", holders);
  for await (const holders of sharedCodes("normalized")) {
    const usable = holders.filter(({ value }) => codeRefusal(value) === null);
    await take("code", usable);
  }
  for await (const holders of sharedNames()) await take("name", holders);
  await take("image", await sharedPictures("fileHash"));
  await take("look", await sharedPictures("perceptualHash"));
  await take("look", await nearPictures(() => between(found.evidence.length)));
  return found;
}

async function addShared(kind: EvidenceKind, holders: Holder[], found: FoundEvidence) {
  const ids = [...new Set(holders.map(({ productId }) => productId))];
  const products = new Map((await readLikelyProducts(ids)).map((product) => [product.id, product]));
  const isPicture = kind === "image" || kind === "look";
  const shared = new Map<string, { value: string; ids: Set<string> }>();
  for (const { value, type, productId } of holders) {
    const product = products.get(productId);
    if (!product || product.status === "archived" || value === "") continue;
    const needsBrand = kind === "name" || isPicture || WITHIN_BRAND.has(type);
    if (needsBrand && !product.brandKey) continue;
    const key = [value, type, needsBrand ? product.brandKey : ""].join("\0");
    const told = kind === "code" ? `${type} ${value}` : value;
    const one = shared.get(key) ?? { value: told, ids: new Set() };
    one.ids.add(productId);
    shared.set(key, one);
  }
  for (const { value, ids: all } of shared.values()) {
    if (all.size < 2) continue;
    if (all.size > MOST_ALIKE) {
      found.tooCommon++;
      continue;
    }
    const one = { kind, value, productIds: [...all].sort() };
    if (!isPicture) found.evidence.push(one);
    else {
      found.supporting.push(one);
      found.evidence.push(...namedAlike(one, (id) => products.get(id)?.nameKey ?? ""));
    }
  }
}

/** Those of one picture whose names say nearly the same, two by two. */
function namedAlike(one: Evidence, nameOf: (id: string) => string): Evidence[] {
  return pairs(one.productIds)
    .filter(([a, b]) => areAlike(nameOf(a), nameOf(b)))
    .map((productIds) => ({ ...one, productIds }));
}

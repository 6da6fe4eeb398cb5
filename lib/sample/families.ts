import { BRANDS, type BrandName } from "./brands";
import type { ProductKind } from "./model";
import { createRandom, type Random, seedFrom } from "./random";
import { fillSentence, packInTitle, shelfPriceCents, sizeInTitle } from "./wording";

/** One thing on the shelf, before it has numbers. */
export interface Variant {
  brand: BrandName;
  series: string;
  colour: string;
  title: string;
  subtitle: string;
  description: string;
  /** Letters that tell it from its siblings in part numbers. */
  suffix: string;
  attributes: Map<string, string>;
  priceCents: number;
}

interface Family {
  brand: BrandName;
  series: string;
  style: string;
  facts: Map<string, string>;
  /** Dollars for one piece of the smallest size. */
  unitPrice: number;
}

const COUNTRIES = ["United States", "Mexico", "Canada", "Germany", "Portugal", "Vietnam", "Japan"] as const;
const LARGEST_FAMILY = 9;

/** Variants of a kind without end, family by family; no title comes twice. */
export function* variantsOf(kind: ProductKind, seed: number): Generator<Variant[]> {
  const random = createRandom(seedFrom(seed, kind.path));
  for (let round = 1; ; round += 1) {
    // Every brand, series and style is used before a series goes into its next generation.
    const generation = round === 1 ? "" : ` ${round}`;
    const combinations = kind.brands.flatMap((brand) =>
      BRANDS[brand].series.flatMap((series) => kind.styles.map((style) => ({ brand, series, style }))),
    );
    for (const { brand, series, style } of random.shuffle(combinations)) {
      const family = { brand, series: `${series}${generation}`, style, ...chooseFacts(kind, style, random) };
      yield expandFamily(kind, family, random);
    }
  }
}

function chooseFacts(kind: ProductKind, style: string, random: Random) {
  const facts = new Map<string, string>();
  for (const [name, values] of Object.entries(kind.facts)) facts.set(name, String(random.pick(values)));
  for (const [name, value] of Object.entries(kind.styleFacts?.[style] ?? {})) facts.set(name, String(value));
  facts.set("Country of Origin", random.pick(COUNTRIES));
  const [low, high] = kind.price;
  return { facts, unitPrice: low + (high - low) * random.next() };
}

/** Some of the values, in their own order. */
function someOf<T>(values: readonly T[], most: number, random: Random) {
  const wanted = random.int(1, Math.min(values.length, most));
  const chosen = new Set(random.shuffle(values).slice(0, wanted));
  return values.filter((value) => chosen.has(value));
}

function expandFamily(kind: ProductKind, family: Family, random: Random) {
  const wrapper = kind.wrappers ? random.pick(kind.wrappers) : null;
  const colours = kind.colours ? someOf(kind.colours, 4, random) : [wrapper ?? "White"];
  const sizes = kind.sizes ? someOf(kind.sizes.values, 3, random) : [null];
  const packs = kind.packs ? someOf(kind.packs, 2, random) : [1];
  const variants = packs.flatMap((pack) =>
    sizes.flatMap((size) => colours.map((colour) => makeVariant(kind, family, { colour, size, pack }))),
  );
  return variants.slice(0, LARGEST_FAMILY);
}

function makeVariant(
  kind: ProductKind,
  family: Family,
  { colour, size, pack }: { colour: string; size: string | null; pack: number },
): Variant {
  const packedIn = kind.packedIn ?? "Pack";
  const sizeText = kind.sizes && size !== null ? sizeInTitle(kind.sizes.attribute, size) : null;
  const shownColour = (kind.colours?.length ?? 0) > 1 ? colour : null;
  const packText = packInTitle(pack, packedIn);
  const thing = namedThing(family.style, kind.noun);
  const details = [sizeText, shownColour, packText].filter((part) => part !== null);

  const attributes = new Map<string, string>([
    ["Product Type", kind.noun],
    ["Product Line", family.series],
    ["Style", family.style],
  ]);
  if (kind.colours) attributes.set("Color", colour);
  if (kind.sizes && size !== null) attributes.set(kind.sizes.attribute, size);
  if (kind.packs) attributes.set("Pack Quantity", String(pack));
  for (const [name, value] of family.facts) if (!attributes.has(name)) attributes.set(name, value);

  const words = new Map([...attributes, ["brand", family.brand], ["series", family.series], ["style", family.style]]);
  words
    .set("colour", colour)
    .set("pack", String(pack))
    .set("size", size ?? "");
  const sentences = [...kind.text, ...(packText ? [packSentence(pack, packedIn)] : []), BRANDS[family.brand].voice];

  const step = 1 + (kind.sizeStep ?? 0.12);
  const sizeRank = kind.sizes && size !== null ? kind.sizes.values.indexOf(size) : 0;
  return {
    brand: family.brand,
    series: family.series,
    colour,
    title: [`${family.brand} ${family.series} ${thing}`, ...details].join(", "),
    subtitle: [thing, ...details].join(", "),
    description: sentences.map((sentence) => fillSentence(sentence, words)).join(" "),
    suffix: `${colour.charAt(0)}${colour.slice(-1)}${sizeRank || ""}${pack > 1 ? `P${pack}` : ""}`.toUpperCase(),
    attributes,
    // A dozen costs about ten and a half pieces, a case of a hundred about three quarters.
    priceCents: shelfPriceCents(family.unitPrice * step ** sizeRank * pack ** 0.94),
  };
}

/** "3-Hole" and "Hole Punch" make "3-Hole Punch": no word is said twice. */
function namedThing(style: string, noun: string) {
  const [first = "", ...rest] = noun.split(" ");
  if (noun.toLowerCase().includes(style.toLowerCase())) return noun;
  return style.split(/[\s-]/).at(-1) === first ? `${style} ${rest.join(" ")}` : `${style} ${noun}`;
}

function packSentence(pack: number, packedIn: string) {
  return `Sold as a ${packedIn.toLowerCase()} of ${pack.toLocaleString("en-US")}.`;
}

import { sentenceOf } from "./words";

/** What of a product counts. */
export interface QualityFacts {
  name: string;
  sku: string;
  /** Of the longer of the two descriptions, in characters as stored. */
  descriptionLength: number;
  hasPrice: boolean;
  hasCategory: boolean;
  hasBrand: boolean;
  /** A code besides the SKU: UPC or EAN, part number, supplier's. */
  hasCode: boolean;
  hasPicture: boolean;
  /** What its category's template and the registry ask for, each with whether it is there. */
  expected: readonly { namespace: string; key: string; name: string; isRequired: boolean; isThere: boolean }[];
}

/** What a product lacks. `field` is the line of its page: a product field, `images`, `code`, or `metafield:<namespace>.<key>`. */
export interface QualityReason {
  field: string;
  label: string;
  isRequired: boolean;
  /** Points of 100 that it would gain. */
  points: number;
}

export type Grade = "A" | "B" | "C" | "D" | "E";
export const GRADES: readonly Grade[] = ["A", "B", "C", "D", "E"];

export interface Quality {
  /** 0 to 100. */
  score: number;
  grade: Grade;
  /** Required metafields it lacks. */
  missingRequired: number;
  /** Required ones first, then by what they would gain. */
  reasons: QualityReason[];
}

/**
 * What each part weighs. The metafields' part counts only where something is asked for, a required one twice an
 * expected one; the others' share then is of 100 all the same.
 */
const WEIGHTS = {
  metafields: 30,
  description: 20,
  picture: 15,
  price: 10,
  category: 10,
  name: 5,
  brand: 5,
  code: 5,
} as const;

/** A description of so many characters is whole; shorter ones count in proportion. */
export const WHOLE_DESCRIPTION = 200;
/** A shorter name hardly tells products apart: it counts half. */
const WHOLE_NAME = 10;
/** The least score of each grade. */
const LEAST: readonly [Grade, number][] = [
  ["A", 90],
  ["B", 75],
  ["C", 60],
  ["D", 40],
];

/** How complete a product is. One that lacks something required is never better than C. */
export function scoreProduct(facts: QualityFacts): Quality {
  const parts = [...fieldParts(facts), ...metafieldParts(facts)];
  const possible = parts.reduce((sum, part) => sum + part.weight, 0);
  const earned = parts.reduce((sum, part) => sum + part.weight * part.share, 0);
  const score = Math.floor((earned / possible) * 100 + 1e-9);
  const missingRequired = facts.expected.filter((one) => one.isRequired && !one.isThere).length;
  const reasons = parts
    .filter((part) => part.share < 1)
    .map(({ field, label, isRequired, weight, share }) => ({
      field,
      label,
      isRequired,
      points: Math.round(((weight * (1 - share)) / possible) * 1_000) / 10,
    }))
    .sort((a, b) => Number(b.isRequired) - Number(a.isRequired) || b.points - a.points);
  return { score, grade: gradeOf(score, missingRequired), missingRequired, reasons };
}

export function gradeOf(score: number, missingRequired: number): Grade {
  const grade = LEAST.find(([, least]) => score >= least)?.[0] ?? "E";
  return missingRequired > 0 && grade < "C" ? "C" : grade;
}

interface Part {
  field: string;
  label: string;
  isRequired: boolean;
  weight: number;
  /** 0 to 1. */
  share: number;
}

function fieldParts(facts: QualityFacts): Part[] {
  const part = (field: string, weight: number, share: number): Part => ({
    field,
    label: sentenceOf(field),
    isRequired: false,
    weight,
    share,
  });
  return [
    part("name", WEIGHTS.name, nameShare(facts)),
    part("description", WEIGHTS.description, Math.min(facts.descriptionLength / WHOLE_DESCRIPTION, 1)),
    part("images", WEIGHTS.picture, Number(facts.hasPicture)),
    part("priceCents", WEIGHTS.price, Number(facts.hasPrice)),
    part("categoryId", WEIGHTS.category, Number(facts.hasCategory)),
    part("brand", WEIGHTS.brand, Number(facts.hasBrand)),
    part("code", WEIGHTS.code, Number(facts.hasCode)),
  ];
}

function nameShare({ name, sku }: QualityFacts) {
  const text = name.trim();
  if (text === "" || text === sku) return 0;
  return text.length < WHOLE_NAME ? 0.5 : 1;
}

function metafieldParts({ expected }: QualityFacts): Part[] {
  const weightOf = (isRequired: boolean) => (isRequired ? 2 : 1);
  const all = expected.reduce((sum, one) => sum + weightOf(one.isRequired), 0);
  return expected.map(({ namespace, key, name, isRequired, isThere }) => ({
    field: `metafield:${namespace}.${key}`,
    label: name,
    isRequired,
    weight: (WEIGHTS.metafields * weightOf(isRequired)) / all,
    share: Number(isThere),
  }));
}

import { fieldInfo, isProductField } from "@/lib/catalog/product-fields";
import type { Operation } from "./operation";

/** Longer values are cut in a title, in characters. */
const LONGEST = 40;

/** What a bulk edit does, for lists of runs: "Price +10 %, to .99". */
export function operationWords(
  of: Operation,
  nameOf: { category(id: string): string; metafield(name: string): string },
) {
  if (of.kind === "move") {
    return of.categoryId === null ? "Out of their category" : `Move to ${nameOf.category(of.categoryId)}`;
  }
  if (of.kind === "status") return `Status ${of.to}`;
  const label = isProductField(of.field)
    ? fieldInfo(of.field).label
    : nameOf.metafield(of.field.slice("metafield:".length));
  switch (of.kind) {
    case "set":
      return `${label} set to ${quoted(of.value)}`;
    case "add":
      return `${label} ${quoted(of.value)} where there is none`;
    case "clear":
      return isProductField(of.field) ? `${label} cleared` : `${label} removed`;
    case "math":
      return `${label} ${amount(of)}${of.ending ? `, to ${of.ending}` : ""}`;
    case "round":
      return `${label} to ${of.ending}`;
    case "replace":
      return `${label}: ${quoted(of.find)} becomes ${quoted(of.with)}`;
    case "prefix":
      return `${label} begins with ${quoted(of.text)}`;
    case "suffix":
      return `${label} ends with ${quoted(of.text)}`;
    case "template":
      return `${label} as ${quoted(of.text)}`;
    case "case":
      return `${label} in ${CASES[of.to]}`;
    case "keep":
      return `${label} kept against feeds`;
    case "release":
      return `${label} given back to the feed`;
    default:
      throw of satisfies never;
  }
}

const CASES = { upper: "upper case", lower: "lower case", title: "title case", sentence: "sentence case" } as const;

function amount({ how, by }: Extract<Operation, { kind: "math" }>) {
  if (how === "times") return `× ${by}`;
  const signed = by.startsWith("-") ? `−${by.slice(1)}` : `+${by}`;
  return how === "percent" ? `${signed} %` : signed;
}

function quoted(text: string) {
  const line = text.replace(/\s+/g, " ");
  return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`;
}

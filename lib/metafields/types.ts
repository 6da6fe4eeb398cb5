import type { Codec, Parsed, Rules } from "./codec";
import { date, dateTime } from "./date-codecs";
import { listCodec } from "./list-codec";
import { dimension, volume, weight } from "./measure-codecs";
import { boolean, decimal, integer, isRecord, money, rating } from "./number-codecs";
import { collection, file, metaobject, page, product, variant } from "./reference-codecs";
import { color, json, link, multiLineText, richText, singleLineText, url } from "./text-codecs";

export type { Codec, Parsed, Rules } from "./codec";

/** The types of Shopify's Admin API for products. */
const CODECS = {
  single_line_text_field: singleLineText,
  multi_line_text_field: multiLineText,
  number_integer: integer,
  number_decimal: decimal,
  boolean,
  date,
  date_time: dateTime,
  url,
  color,
  link,
  json,
  rich_text_field: richText,
  money,
  rating,
  dimension,
  weight,
  volume,
  "list.single_line_text_field": listCodec(singleLineText),
  "list.number_integer": listCodec(integer),
  "list.number_decimal": listCodec(decimal),
  "list.date": listCodec(date),
  "list.date_time": listCodec(dateTime),
  "list.url": listCodec(url),
  "list.color": listCodec(color),
  "list.rating": listCodec(rating),
  "list.dimension": listCodec(dimension),
  "list.weight": listCodec(weight),
  "list.volume": listCodec(volume),
  "list.link": listCodec(link),
  product_reference: product,
  variant_reference: variant,
  collection_reference: collection,
  metaobject_reference: metaobject,
  page_reference: page,
  file_reference: file,
  "list.product_reference": listCodec(product),
  "list.variant_reference": listCodec(variant),
  "list.collection_reference": listCodec(collection),
  "list.metaobject_reference": listCodec(metaobject),
  "list.page_reference": listCodec(page),
  "list.file_reference": listCodec(file),
} as const satisfies Record<string, Codec>;

export type MetafieldType = keyof typeof CODECS;
export const METAFIELD_TYPES = Object.keys(CODECS) as readonly MetafieldType[]; // keyof CODECS by construction

/** Older and shorter names that scripts and files use. */
const ALIASES: Record<string, MetafieldType> = {
  text: "single_line_text_field",
  single_line_text: "single_line_text_field",
  multi_line_text: "multi_line_text_field",
  "list.single_line_text": "list.single_line_text_field",
  "list.string": "list.single_line_text_field",
  "list.integer": "list.number_integer",
  "list.float": "list.number_decimal",
  number: "number_decimal",
  datetime: "date_time",
  string: "single_line_text_field",
  integer: "number_integer",
  float: "number_decimal",
};

/** The type's name as Shopify has it, or null when there is no such type. */
export function metafieldType(name: string): MetafieldType | null {
  if (Object.hasOwn(CODECS, name)) return name as MetafieldType; // checked in the line itself
  return (Object.hasOwn(ALIASES, name) && ALIASES[name]) || null;
}

/** A type nobody knows is shown and edited as text: a value is never lost over its type's name. */
export function codecOf(type: string): Codec {
  return CODECS[metafieldType(type) ?? "multi_line_text_field"];
}

/** Reads what a person typed into the text Shopify stores, or says in words what is wrong. */
export function parseMetafield(type: string, typed: string, rules?: Rules): Parsed {
  return codecOf(type).parse(typed, rules);
}

/** The columns that filters and sorts read, for a stored value. */
export function typedColumns(type: string, stored: string): { numberValue: number | null; dateValue: Date | null } {
  const { toNumber, toDate } = codecOf(type);
  return { numberValue: toNumber(stored), dateValue: toDate(stored) };
}

/** A definition's validations `[{name, value}]` by name; anything else in the stored JSON is passed over. */
export function rulesOf(validations: unknown): Rules {
  const rules: Rules = {};
  if (!Array.isArray(validations)) return rules;
  for (const rule of validations as unknown[]) {
    if (isRecord(rule) && typeof rule.name === "string" && typeof rule.value === "string")
      rules[rule.name] = rule.value;
  }
  return rules;
}

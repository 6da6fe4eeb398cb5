import { codeRefusal } from "@/lib/catalog/codes";
import { type MappedColumn, type Mapping, type MappingTarget, mapping } from "../mapping";
import { slugKey } from "../slug";
import type { SampleColumn } from "./sample-columns";

const LENGTH_UNITS = {
  mm: ["mm", "millimeters", "millimetres"],
  cm: ["cm", "centimeters", "centimetres"],
  m: ["m", "meters", "metres"],
  in: ["in", "inch", "inches"],
} as const;

/** Names that suppliers give to one thing, by letters and digits alone, the usual first. */
const SYNONYMS: { target: MappingTarget; names: string[] }[] = [
  {
    target: { to: "field", field: "name" },
    names: [
      "name",
      "title",
      "productname",
      "producttitle",
      "itemname",
      "articlename",
      "product",
      "bezeichnung",
      "artikelbezeichnung",
    ],
  },
  {
    target: { to: "field", field: "description" },
    names: [
      "description",
      "desc",
      "longdescription",
      "longdesc",
      "bodyhtml",
      "productdescription",
      "details",
      "beschreibung",
    ],
  },
  {
    target: { to: "field", field: "shortDescription" },
    names: ["shortdescription", "shortdesc", "summary", "kurzbeschreibung"],
  },
  { target: { to: "field", field: "brand" }, names: ["brand", "brandname", "vendor", "marke"] },
  {
    target: { to: "field", field: "manufacturer" },
    names: ["manufacturer", "manufacturername", "mfr", "mfg", "maker", "hersteller"],
  },
  {
    target: { to: "field", field: "manufacturerPartNumber" },
    names: ["mpn", "manufacturerpartnumber", "mfrpartnumber", "mfgpartnumber", "partnumber", "partno", "mfrno"],
  },
  {
    target: { to: "code", type: "upc", matches: true },
    names: [
      "upc",
      "ean",
      "gtin",
      "barcode",
      "upcean",
      "eanupc",
      "upccode",
      "eancode",
      "ean13",
      "gtin13",
      "gtin14",
      "upca",
    ],
  },
  {
    target: { to: "field", field: "priceCents" },
    names: ["price", "listprice", "msrp", "rrp", "retailprice", "sellprice", "unitprice", "saleprice", "uvp", "preis"],
  },
  {
    target: { to: "field", field: "compareAtPriceCents" },
    names: ["compareatprice", "compareat", "wasprice", "originalprice", "regularprice"],
  },
  {
    target: { to: "field", field: "costPriceCents" },
    names: [
      "cost",
      "costprice",
      "netprice",
      "dealerprice",
      "wholesaleprice",
      "yourprice",
      "ek",
      "purchaseprice",
      "costperitem",
    ],
  },
  {
    target: { to: "field", field: "inventoryQuantity" },
    names: [
      "qty",
      "quantity",
      "stock",
      "onhand",
      "quantityonhand",
      "qtyonhand",
      "inventory",
      "available",
      "stockqty",
      "stocklevel",
      "inventoryquantity",
      "bestand",
      "lagerbestand",
    ],
  },
  { target: { to: "field", field: "weightGrams", unit: "g" }, names: ["weightg", "weightgrams", "grams", "gewichtg"] },
  { target: { to: "field", field: "weightGrams", unit: "kg" }, names: ["weightkg", "gewichtkg", "weightkilograms"] },
  {
    target: { to: "field", field: "weightGrams", unit: "lb" },
    names: ["weight", "weightlb", "weightlbs", "shipweight"],
  },
  { target: { to: "field", field: "weightGrams", unit: "oz" }, names: ["weightoz"] },
  ...lengths("lengthMm", ["length", "laenge"]),
  ...lengths("widthMm", ["width", "breite"]),
  ...lengths("heightMm", ["height", "hoehe"]),
  { target: { to: "field", field: "variation" }, names: ["variation", "variant", "option"] },
  { target: { to: "field", field: "seoTitle" }, names: ["seotitle", "metatitle"] },
  { target: { to: "field", field: "seoDescription" }, names: ["seodescription", "metadescription"] },
  { target: { to: "field", field: "handle" }, names: ["handle", "urlhandle", "urlkey"] },
  { target: { to: "field", field: "status" }, names: ["status", "productstatus"] },
  {
    target: { to: "category", by: "create", separator: ">" },
    names: ["category", "categorypath", "productcategory", "producttype", "kategorie", "warengruppe"],
  },
  {
    target: { to: "image", separator: "" },
    names: [
      "image",
      "imageurl",
      "picture",
      "pictureurl",
      "imagesrc",
      "imagelink",
      "mainimage",
      "photo",
      "bild",
      "image1",
      "image2",
      "image3",
      "image4",
    ],
  },
];

const KEYS = [
  "itemnumber",
  "itemno",
  "item",
  "articlenumber",
  "articleno",
  "artikelnummer",
  "productid",
  "id",
  "sku",
  "stockcode",
  "productcode",
  "code",
  "partnumber",
  "partno",
  "handle",
];
const SKUS = [
  "sku",
  "variantsku",
  "itemsku",
  "stockcode",
  "itemnumber",
  "itemno",
  "articlenumber",
  "artikelnummer",
  "productcode",
];

/** What a list's columns likely are, by their headers and what stands in them: a start for a person to correct. */
export function guessMapping(columns: SampleColumn[]): Mapping {
  const byName = new Map<string, SampleColumn>();
  for (const column of columns) if (!byName.has(plain(column.label))) byName.set(plain(column.label), column);
  const find = (names: string[]) => names.flatMap((name) => byName.get(name) ?? [])[0];
  const unique = columns.find((column) => column.isDistinct && column.filled === column.of);
  const key = find(KEYS.filter((name) => byName.get(name)?.isDistinct)) ?? unique ?? columns[0];
  const sku = find(SKUS) ?? key;
  const used = new Set<string>();
  const mapped: MappedColumn[] = [];
  for (const { target, names } of SYNONYMS) {
    const found = target.to === "image" ? names.flatMap((name) => byName.get(name) ?? []) : [find(names)];
    for (const column of found) {
      if (!column || used.has(column.column) || takenBy(mapped, target)) continue;
      used.add(column.column);
      mapped.push({ column: column.column, target: separated(target, column) });
    }
  }
  for (const column of columns) {
    if (used.has(column.column) || column === key || column === sku) continue;
    const name = slugKey(column.label);
    const isUsable = name.length >= 2 && column.filled > 0 && !mapped.some(({ target }) => isKey(target, name));
    mapped.push({
      column: column.column,
      target: isUsable
        ? { to: "metafield", namespace: "custom", key: name, type: column.type, separator: "" }
        : { to: "ignore" },
    });
  }
  return mapping.parse({ keyColumn: key?.column ?? null, skuColumn: sku?.column ?? null, columns: mapped });
}

/** A length is guessed only where its header says the unit: `Length` alone may be a cable's, in metres, or "3 ft". */
function lengths(field: "lengthMm" | "widthMm" | "heightMm", words: string[]) {
  return Object.entries(LENGTH_UNITS).map(([unit, ends]) => ({
    target: { to: "field" as const, field, unit: unit as keyof typeof LENGTH_UNITS }, // its key
    names: words.flatMap((word) => ends.map((end) => word + end)),
  }));
}

function isKey(target: MappingTarget, key: string) {
  return target.to === "metafield" && target.key === key;
}

function takenBy(mapped: MappedColumn[], target: MappingTarget) {
  return target.to === "field" && mapped.some((one) => one.target.to === "field" && one.target.field === target.field);
}

/** The separator that the samples of a path or a list of pictures show. */
function separated(target: MappingTarget, { samples }: SampleColumn): MappingTarget {
  const holds = (text: string) => samples.some((sample) => sample.includes(text));
  if (target.to === "category") {
    const separator = [" > ", ">", "|", " / ", "/", "\\"].find(holds)?.trim();
    return { ...target, separator: separator ?? ">" };
  }
  if (target.to === "image") return { ...target, separator: ["|", ";", ",http"].find(holds)?.slice(0, 1) ?? "" };
  if (target.to === "code" && samples.every((sample) => codeRefusal(sample) !== null)) return { to: "ignore" };
  return target;
}

function plain(name: string) {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

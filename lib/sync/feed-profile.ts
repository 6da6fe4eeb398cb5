import { z } from "zod";
import type { FeedProduct } from "@/lib/feeds/feed-record";

/** Filled rows, and of the values looked at: numbers, Yes/No, other text. */
const fieldProfile = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type FieldProfile = z.output<typeof fieldProfile>;

const extreme = z.object({ field: z.string(), by: z.number() }).nullable();

/** The greatest fall of a field's filled share, of its kind's share, and the fullest new field; shares from 0 to 1. */
const shapeExtremes = z.object({ fall: extreme, drift: extreme, newField: extreme });
export type ShapeExtremes = z.output<typeof shapeExtremes>;

const runFigures = z.object({
  /** Valid products in this run. */
  items: z.number(),
  /** Valid products in the last good run of the source; null when there is none. */
  lastItems: z.number().nullable(),
  /** Products the source knew and this run lacks for the first time. */
  newlyMissing: z.number(),
  /** Products the source had told of before this run. */
  known: z.number(),
  /** Products this run would archive because the feed dropped them. */
  archiving: z.number().default(0),
  /** Product rows refused. */
  refused: z.number().default(0),
  /** Prices beyond the limit, at most `JUMPS_KEPT` of them. */
  priceJumps: z.array(z.object({ label: z.string(), beforeCents: z.number(), afterCents: z.number() })),
  /** All of them. */
  priceJumpCount: z.number().optional(),
  /** The greatest factor by which a price changed, up or down. */
  greatestPriceFactor: z.number().default(1),
  /** Files that end in the middle of a row. */
  cutFiles: z.array(z.string()).default([]),
  shape: shapeExtremes.optional(),
});
export type RunFigures = z.output<typeof runFigures>;

/** SyncHistory.profile: what a run's rows looked like, to hold the next run against; and the figures its guards went by. */
export const feedProfile = z.object({
  rows: z.number(),
  /** By field: `priceCents`, `category`, `images`, `code:upc`, `metafield:custom.colour`. */
  fields: z.record(z.string(), fieldProfile),
  /** Whether each file's last line was ended. */
  ends: z.record(z.string(), z.boolean()).default({}),
  figures: runFigures.optional(),
});
export type FeedProfile = z.output<typeof feedProfile>;

/** Every value of the first rows is looked at, then those of every eighth row. */
const EVERY_ROW_UNTIL = 2_000;
const THEN_EACH = 8;
/** A profile stays within a few hundred kilobytes: of more fields the fullest are kept. */
const FIELDS_KEPT = 10_000;

/** Gathers a profile row by row. It runs for every product of every feed: a look-up and a count per value, no more. */
export class ProfileGatherer {
  readonly #fields = new Map<string, FieldProfile>();
  /** By namespace, then key: spares the joining of names for every value. */
  readonly #metafields = new Map<string, Map<string, FieldProfile>>();
  readonly #codes = new Map<string, FieldProfile>();
  #rows = 0;

  add({ fields, metafields, codes, images, categoryKey }: FeedProduct) {
    this.#rows++;
    const looksAtKinds = this.#rows <= EVERY_ROW_UNTIL || this.#rows % THEN_EACH === 0;
    for (const field in fields) {
      const value = fields[field as keyof typeof fields];
      if (value !== undefined && value !== null && value !== "") count(this.#fields, field, value, looksAtKinds);
    }
    if (categoryKey) count(this.#fields, "category", "", false);
    if (images && images.length > 0) count(this.#fields, "images", "", false);
    for (const { type, code } of codes) count(this.#codes, type, code, looksAtKinds);
    if (!metafields) return;
    for (const { namespace, key, value } of metafields) {
      let byKey = this.#metafields.get(namespace);
      if (!byKey) {
        byKey = new Map();
        this.#metafields.set(namespace, byKey);
      }
      count(byKey, key, value, looksAtKinds);
    }
  }

  end(): Pick<FeedProfile, "rows" | "fields"> {
    const found: [string, FieldProfile][] = [...this.#fields];
    for (const [type, profile] of this.#codes) found.push([`code:${type}`, profile]);
    for (const [namespace, byKey] of this.#metafields)
      for (const [key, profile] of byKey) found.push([`metafield:${namespace}.${key}`, profile]);
    if (found.length > FIELDS_KEPT) found.sort(([, a], [, b]) => b[0] - a[0]);
    return { rows: this.#rows, fields: Object.fromEntries(found.slice(0, FIELDS_KEPT)) };
  }
}

function count(profiles: Map<string, FieldProfile>, name: string, value: string | number, looksAtKind: boolean) {
  let profile = profiles.get(name);
  if (!profile) {
    profile = [0, 0, 0, 0];
    profiles.set(name, profile);
  }
  profile[0]++;
  if (looksAtKind) profile[kindAt(value)]++;
}

const NUMBER = /^-?\d[\d.,]*$/;
const YES_NO = /^(yes|no|true|false)$/i;

/** The place of a value's kind in a FieldProfile. A list is of the kind of its first element. */
function kindAt(value: string | number): 1 | 2 | 3 {
  if (typeof value === "number") return 1;
  const text = value.startsWith('["') ? value.slice(2, value.indexOf('"', 2)) : value;
  const first = text.charCodeAt(0);
  // A digit or a minus begins a number; every other text is quickly seen to be none.
  if ((first >= 48 && first <= 57) || first === 45) return NUMBER.test(text) ? 1 : 3;
  return text.length <= 5 && YES_NO.test(text) ? 2 : 3;
}

import { z } from "zod";
import { formatCount } from "@/lib/format";

/** Letters that a key or a name may have at most. */
const TEXT = 500;
/** Of what a store says of one icon, as JSON: kept whole with the icon. */
const KEPT_LENGTH = 50_000;
/** Objects within objects that are kept. */
const KEPT_DEPTH = 10;

/** What PostgreSQL can't keep, and what is no text. */
function clean(text: string) {
  return text
    .replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim();
}

const text = z
  .string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") })
  .transform(clean)
  .pipe(z.string().max(TEXT, `has more than ${TEXT} letters`));
/** Keys were written as text by one version and as numbers by another. */
const key = z
  .union([z.string(), z.number()], "must be text or a number")
  .transform((value) => clean(String(value)) || null)
  .pipe(z.string().max(TEXT, `has more than ${TEXT} letters`).nullable());
const fact = z.union([z.string(), z.number()]).transform((value) => clean(String(value)).slice(0, 5_000));

const entry = z.object(
  {
    category_id: key.nullish(),
    category_name: text.nullish(),
    file_path: text.pipe(z.string().min(1, "is empty")),
    created_at: z.union([z.string(), z.number()], "must be a time").nullish(),
    shopify_collection_id: key.nullish(),
    shopify_image_url: text.nullish(),
    metadata: z.record(z.string(), z.unknown(), "must be an object").nullish(),
  },
  "must be an object",
);

/** An icon as an earlier system's `metadata.json` tells of it. */
export interface LegacyIcon {
  legacyId: string;
  /** As the store has it: often a number of a database that is gone. */
  categoryKey: string | null;
  categoryName: string | null;
  filePath: string;
  /** Null where the store has none, or none that can be read. */
  createdAt: Date | null;
  collectionId: string | null;
  imageUrl: string | null;
  facts: { style: string; color: string; background: string; model: string; prompt: string; seconds: number | null };
  /** All that the store says of it. */
  told: object;
}

export type ReadIcon = { icon: LegacyIcon } | { legacyId: string; refusal: string };

/** One entry of a store; what is wrong with it as a sentence that names the icon and the field. */
export function readLegacyIcon(legacyId: string, told: unknown): ReadIcon {
  const named = `Icon ${JSON.stringify(legacyId.slice(0, 80))}`;
  const refuse = (why: string) => ({
    legacyId,
    refusal: `${named}${why}. Correct it in metadata.json and import again.`,
  });
  if (clean(legacyId) !== legacyId || legacyId === "" || legacyId.length > TEXT) {
    return refuse(`: its key must be 1 to ${TEXT} letters without spaces at its ends`);
  }
  const parsed = entry.safeParse(told);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".");
    return refuse(`${field ? `: ${field}` : ""} ${issue?.message}`);
  }
  const kept = keepable(told);
  if (!kept) return refuse(`: it says more than ${formatCount(KEPT_LENGTH)} letters`);
  const { data } = parsed;
  const facts = data.metadata ?? {};
  return {
    icon: {
      legacyId,
      categoryKey: data.category_id ?? null,
      categoryName: data.category_name || null,
      filePath: data.file_path,
      createdAt: timeOf(data.created_at),
      collectionId: data.shopify_collection_id ?? null,
      imageUrl: data.shopify_image_url || null,
      facts: {
        style: factOf(facts.style),
        color: factOf(facts.color ?? facts.color_scheme),
        background: factOf(facts.background),
        model: factOf(facts.model),
        prompt: factOf(facts.prompt),
        seconds: typeof facts.generation_time === "number" && facts.generation_time >= 0 ? facts.generation_time : null,
      },
      told: kept,
    },
  };
}

function factOf(value: unknown): string {
  return fact.safeParse(value).data ?? "";
}

/** Python's times carry no zone and stand for UTC; numbers are seconds since 1970. */
function timeOf(value: string | number | null | undefined): Date | null {
  if (value === null || value === undefined) return null;
  const isZoned = typeof value === "string" && /(z|[+-]\d\d:?\d\d)$/i.test(value.trim());
  const time = typeof value === "number" ? value * 1_000 : Date.parse(isZoned ? value : `${value.trim()}Z`);
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 2000 && year < 2100 ? date : null;
}

/** What is said as both engines can keep it; null where it is too long. */
function keepable(told: unknown): object | null {
  const kept = cleanAll(told, 0);
  // The whole is an object: its schema says so.
  return JSON.stringify(kept).length > KEPT_LENGTH ? null : (kept as object);
}

function cleanAll(value: unknown, depth: number): unknown {
  if (typeof value === "string") return clean(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === KEPT_DEPTH) return null;
  if (Array.isArray(value)) return value.map((one) => cleanAll(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [clean(name), cleanAll(one, depth + 1)]));
}

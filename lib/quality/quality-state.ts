import "server-only";
import { z } from "zod";
import type { Reader, Tx } from "@/lib/db/client";

const STATE_KEY = "quality.state";
const RULES_KEY = "quality.rules";

/** How far the quality of products has been computed. Written with the batch it speaks of. */
const qualityState = z.object({
  /** CatalogueVersion of products and categories that all this follows. */
  products: z.number(),
  categories: z.number(),
  /** What changed later than this is looked at again, in milliseconds: a transaction may land after its own time. */
  since: z.number(),
  /** Within a look: when it began and the last one done. */
  after: z.object({ begun: z.number(), at: z.number(), id: z.string() }).nullable(),
  /** Categories whose products are asked for other metafields now; `after` is the last product done of the first. */
  categoriesDue: z.array(z.string()),
  /** Every product is due: the last one done; null when none is. */
  sweepAfter: z.string().nullable(),
  /** The last product done of the first category due. */
  categoryAfter: z.string(),
});
export type QualityState = z.output<typeof qualityState>;

/** Before the first look: every product is due. */
const NEW: QualityState = {
  products: -1,
  categories: -1,
  since: 0,
  after: null,
  categoriesDue: [],
  sweepAfter: "",
  categoryAfter: "",
};

export async function readQualityState(on: Reader): Promise<QualityState> {
  const row = await on.configuration.findUnique({ where: { key: STATE_KEY }, select: { value: true } });
  return row ? qualityState.parse(JSON.parse(row.value)) : NEW;
}

export async function writeQualityState(tx: Tx, state: QualityState) {
  await write(tx, STATE_KEY, JSON.stringify(state), "How far the quality of products has been computed");
}

const rules = z.object({ everywhere: z.string(), byCategory: z.record(z.string(), z.string()) });
/** What was asked for when it was last looked: a hash for all products, and one per category that asks for more. */
export type QualityRules = z.output<typeof rules>;

export async function readQualityRules(on: Reader): Promise<QualityRules | null> {
  const row = await on.configuration.findUnique({ where: { key: RULES_KEY }, select: { value: true } });
  return row && rules.parse(JSON.parse(row.value));
}

export async function writeQualityRules(tx: Tx, value: QualityRules) {
  await write(tx, RULES_KEY, JSON.stringify(value), "What the quality of products was computed by");
}

async function write(tx: Tx, key: string, value: string, description: string) {
  await tx.configuration.upsert({
    where: { key },
    create: { key, value, description, dataType: "json", category: "quality" },
    update: { value },
    select: { key: true },
  });
}

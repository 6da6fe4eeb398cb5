import { z } from "zod";

/**
 * Where a value came from. Stored per field only where it differs from the product's default
 * (the run or the person that created it).
 */
export const fieldSource = z.object({
  by: z.enum(["run", "person", "bulk"]),
  /** SyncHistory.id, User.id or Job.id */
  id: z.string(),
  /** SyncHistory.id of a run without a feed (a bulk edit, a restore) in which a person gave or released the value. */
  runId: z.string().optional(),
  /** FeedSource.id, for runs. */
  sourceId: z.string().optional(),
  /** ISO time */
  at: z.string(),
  /** A person's value stands against the feed's. */
  kept: z.boolean().optional(),
  /** What the feed says while the kept value stands. */
  feedValue: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  /** The run that said `feedValue`: what the value goes back to when it is released. */
  feedRunId: z.string().optional(),
  /** What the feed said when the person chose to keep another value. */
  keptOver: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
});
export type FieldSource = z.output<typeof fieldSource>;

/** A person's value stands against every feed: one kept against a feed's word, or given where no feed had spoken yet. */
export function isPersons(source: FieldSource | null | undefined): boolean {
  return source?.kept === true || source?.by === "person";
}

/** Who gave all values of a product that a person made by hand, where fieldSources names nobody else; null for a feed's. */
export function makerOf(product: {
  createdByRunId: string | null;
  createdById: string | null;
  /** Milliseconds, where the database was asked by hand. */
  createdAt: Date | number;
}): FieldSource | null {
  if (product.createdByRunId !== null || product.createdById === null) return null;
  return { by: "person", id: product.createdById, at: new Date(product.createdAt).toISOString() };
}

export const fieldSources = z.record(z.string(), fieldSource);
export type FieldSources = z.output<typeof fieldSources>;

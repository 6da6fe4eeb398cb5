import { z } from "zod";

/** What became of an icon of the store: each has exactly one, so that as many come out as went in. */
export const LEGACY_OUTCOMES = ["assigned", "unassigned", "missing", "duplicate", "deleted", "refused"] as const;
export type LegacyOutcome = (typeof LEGACY_OUTCOMES)[number];

const line = z.object({
  legacyId: z.string(),
  /** The file's name; null where the entry can't be read. */
  filename: z.string().nullable(),
  outcome: z.enum(LEGACY_OUTCOMES),
  /** The row that it is, or that is this very picture. */
  iconId: z.string().nullable(),
  category: z.string().nullable(),
  /** Why, or what is to be looked at; null where there is nothing to say. */
  note: z.string().nullable(),
});
export type LegacyLine = z.output<typeof line>;

export const legacyReport = z.object({
  dryRun: z.boolean(),
  /** Where the icons came from; none where there was no store. */
  stores: z.array(z.object({ path: z.string(), hash: z.string(), icons: z.number() })),
  /** Icons that the stores tell of. */
  in: z.number(),
  /** Icons of the library that they are by now: assigned, unassigned and missing ones. */
  assets: z.number(),
  assigned: z.number(),
  unassigned: z.number(),
  missing: z.number(),
  duplicates: z.number(),
  deleted: z.number(),
  refused: z.number(),
  /** New in this import. */
  added: z.number(),
  /** Whose file was missing, and is there by now. */
  found: z.number(),
  /** Categories that show one of them from now on. */
  activated: z.number(),
  /** Of the assigned: how their category was known. */
  byKey: z.number(),
  byName: z.number(),
  /** Those that a person may want to look at, the first ones. */
  lines: z.array(line),
  linesLeftOut: z.number(),
});
export type LegacyReport = z.output<typeof legacyReport>;

/** Lines kept with the job. */
const KEPT_LINES = 500;

const COUNTED = {
  assigned: "assigned",
  unassigned: "unassigned",
  missing: "missing",
  duplicate: "duplicates",
  deleted: "deleted",
  refused: "refused",
} as const satisfies Record<LegacyOutcome, keyof LegacyReport>;

export function emptyReport(dryRun: boolean): LegacyReport {
  const none = { in: 0, assets: 0, assigned: 0, unassigned: 0, missing: 0, duplicates: 0, deleted: 0, refused: 0 };
  const more = { added: 0, found: 0, activated: 0, byKey: 0, byName: 0 };
  return { dryRun, stores: [], ...none, ...more, lines: [], linesLeftOut: 0 };
}

/** Counts an icon, and keeps its line where there is something to say. */
export function countIn(report: LegacyReport, told: LegacyLine) {
  report.in += 1;
  report[COUNTED[told.outcome]] += 1;
  if (["assigned", "unassigned", "missing"].includes(told.outcome)) report.assets += 1;
  if (told.note === null) return;
  if (report.lines.length < KEPT_LINES) report.lines.push(told);
  else report.linesLeftOut += 1;
}

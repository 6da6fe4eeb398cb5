import { z } from "zod";

/** What is to be said of a category's icon, from good to bad. */
export const COVERAGE_STATES = [
  "covered",
  "stale",
  "making",
  "review",
  "unused",
  "missing",
  "rejected",
  "none",
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

export const COVERAGE_WORDS: Record<CoverageState, { label: string; help: string }> = {
  covered: { label: "Has an icon", help: "An icon stands for it, and its file is there." },
  stale: {
    label: "Stale",
    help: "It got another name, or another category was merged into it, since its icon was chosen; or its icon is older than asked for.",
  },
  making: { label: "Being made", help: "An icon is asked for and not there yet." },
  review: { label: "To review", help: "It has none yet, and one waits to be approved." },
  unused: { label: "Not used", help: "It shows none, though an approved one is there." },
  missing: { label: "File missing", help: "An icon stands for it, but its file is gone from the disk." },
  rejected: { label: "Rejected", help: "Every icon it has was rejected." },
  none: { label: "None", help: "Nobody made or uploaded an icon for it." },
};

/** What "Fill the gaps" asks pictures for: nothing of it shows an icon, and nobody has to answer first. */
export const GAPS: readonly CoverageState[] = ["missing", "rejected", "none"];

const coverageSearch = z.object({
  /** Undefined: all that are not simply covered. */
  state: z.enum(COVERAGE_STATES).optional().catch(undefined),
  /** A category: it and all below. */
  branch: z.uuid().optional().catch(undefined),
  /** Icons older than so many days are stale too. */
  days: z.coerce.number().int().min(1).max(10_000).optional().catch(undefined),
  /** The last category of the page before. */
  after: z.uuid().optional().catch(undefined),
});
export type CoverageSearch = z.output<typeof coverageSearch>;

export function parseCoverageSearch(params: Record<string, unknown>): CoverageSearch {
  return coverageSearch.parse(params);
}

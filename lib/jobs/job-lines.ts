import "server-only";
import { insertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";

export type LineLevel = "info" | "warning" | "error";

/** A line of a job's log that is not written yet. */
export interface NewLine {
  at: Date;
  level: LineLevel;
  text: string;
}

/** Lines kept of a job; what it says beyond is left out, and the last line says so. */
export const MOST_LINES = 20_000;
/** Longest line, in characters: the rest of it is cut off. */
const LINE_LENGTH = 4_000;

export function newLine(text: string, level: LineLevel = "info", at = new Date()): NewLine {
  // A log is read and downloaded line by line; PostgreSQL keeps no NUL.
  const flat = text.replaceAll("\0", "").replace(/\s*[\r\n]+\s*/g, " · ");
  return { at, level, text: flat.length > LINE_LENGTH ? `${flat.slice(0, LINE_LENGTH - 1)}…` : flat };
}

/**
 * Adds lines to a job's log. The transaction must have written the job's row before: so writers of one log take turns,
 * its ids rise in the order of the commits, and a listener that knows one id has heard all before it.
 */
export async function addLines(tx: Tx, jobId: string, lines: readonly NewLine[]) {
  await insertRows(
    tx,
    "JobLine",
    lines.map(({ at, level, text }) => ({ jobId, at, level, text })),
  );
}

import "server-only";
import { db, transaction } from "@/lib/db/client";
import { addLines, MOST_LINES, type NewLine, newLine } from "./job-lines";

/** Logs taken at once. */
const AT_ONCE = 50;

/**
 * Makes lines of the logs that an earlier version kept as one text: only lines are shown, searched and downloaded.
 * The text is emptied in the same transaction, so a worker killed meanwhile, or a second one, writes none twice.
 */
export async function splitOldLogs() {
  for (;;) {
    const jobs = await db.job.findMany({
      where: { outputLog: { not: "" } },
      select: { id: true, outputLog: true, createdAt: true },
      orderBy: { id: "asc" },
      take: AT_ONCE,
    });
    if (jobs.length === 0) return;
    await transaction(async (tx) => {
      for (const { id, outputLog, createdAt } of jobs) {
        const { count } = await tx.job.updateMany({
          where: { id, outputLog: { not: "" } },
          data: { outputLog: "" },
        });
        if (count > 0) await addLines(tx, id, linesOf(outputLog, createdAt));
      }
    });
  }
}

/** `2026-11-20T02:00:01.000Z Received items.csv`; a line without a time belongs to the one before. */
function linesOf(text: string, createdAt: Date): NewLine[] {
  let at = createdAt;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-MOST_LINES).map((line) => {
    const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) /.exec(line)?.[1];
    if (time) at = new Date(time);
    return newLine(time ? line.slice(time.length + 1) : line, "info", at);
  });
}

import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { contains } from "@/lib/db/contains";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { LineLevel } from "./job-lines";

/** Lines of a job's log that are asked for at once, at most. */
export const LINES_PER_PAGE = 500;

export interface JobLine {
  /** Rises with every line of a job: what comes after one is everything said since. */
  id: number;
  /** ISO time. */
  at: string;
  level: LineLevel;
  text: string;
}

export interface LinesAsked {
  jobId: string;
  /** Only lines after this one, the oldest first. */
  after?: number;
  /** Only lines before this one, the newest last. */
  before?: number;
  /** This and worse. */
  level?: LineLevel;
  /** Part of the text. */
  q?: string;
  take?: number;
}

const LEVELS = ["info", "warning", "error"] as const satisfies LineLevel[];
export const lineLevel = z.enum(LEVELS);

/** Lines of a job's log in their order: after one, before one, or the end; `hasMore` where that part goes on. */
export async function listLines(actor: Actor, asked: LinesAsked): Promise<{ lines: JobLine[]; hasMore: boolean }> {
  assertCan(actor, "job:read");
  const { after, before, take = LINES_PER_PAGE } = asked;
  const isForward = after !== undefined;
  const found = await db.jobLine.findMany({
    where: { AND: [linesWhere(asked), isForward ? { id: { gt: after } } : before ? { id: { lt: before } } : {}] },
    select: { id: true, at: true, level: true, text: true },
    orderBy: { id: isForward ? "asc" : "desc" },
    take: take + 1,
  });
  const lines = found.slice(0, take).map(toLine);
  return { lines: isForward ? lines : lines.reverse(), hasMore: found.length > take };
}

/** How many lines a job's log has. */
export async function countLines(actor: Actor, jobId: string): Promise<number> {
  assertCan(actor, "job:read");
  return db.jobLine.count({ where: { jobId } });
}

function linesWhere({ jobId, level, q }: LinesAsked): Prisma.JobLineWhereInput {
  return {
    jobId,
    ...(level && level !== "info" ? { level: { in: LEVELS.slice(LEVELS.indexOf(level)) } } : {}),
    ...(q ? { text: contains(q) } : {}),
  };
}

function toLine({ id, at, level, text }: { id: number; at: Date; level: string; text: string }): JobLine {
  // The table's own check allows no other level.
  return { id, at: at.toISOString(), level: level as LineLevel, text };
}

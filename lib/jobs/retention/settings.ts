import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, type Reader, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";

const SETTINGS = {
  doneDays: { key: "jobs.retention.doneDays", usual: 90, description: "Days a job that was done or cancelled stays." },
  failedDays: { key: "jobs.retention.failedDays", usual: 400, description: "Days a job that failed or gave up stays." },
  lineDays: { key: "jobs.retention.lineDays", usual: 30, description: "Days the lines of a job's log stay." },
} as const;

type Name = keyof typeof SETTINGS;
const NAMES = Object.keys(SETTINGS) as Name[];

/** How many days jobs and their logs stay. */
export type JobRetention = Record<Name, number>;

const days = z.coerce
  .number("Enter a number of days.")
  .int("Enter whole days.")
  .min(1, "At least one day.")
  .max(36_500, "At most 36,500 days, which is a hundred years.");
const values = z.object({ doneDays: days, failedDays: days, lineDays: days });

/** `from` is what the person saw: another value in between is told instead of overwritten. */
export const jobRetentionInput = z
  .object({ from: values, to: values })
  .refine(({ to }) => to.lineDays <= Math.min(to.doneDays, to.failedDays), {
    message: "A log goes with its job at the latest: enter no more days than jobs stay.",
    path: ["to", "lineDays"],
  });

export async function getJobRetention(actor: Actor): Promise<JobRetention> {
  assertCan(actor, "job:read");
  return readJobRetention(db);
}

/** @throws {AppError} `conflict` when somebody changed them meanwhile */
export async function setJobRetention(actor: Actor, { from, to }: z.output<typeof jobRetentionInput>) {
  assertCan(actor, "settings:manage");
  await transaction(async (tx) => {
    await lockName(tx, "retention");
    const now = await readJobRetention(tx);
    if (NAMES.some((name) => now[name] !== from[name])) {
      throw new AppError("conflict", "Somebody changed how long jobs stay meanwhile. Look again.");
    }
    for (const name of NAMES) {
      const { key, description } = SETTINGS[name];
      const facts = { value: String(to[name]), dataType: "integer", category: "jobs", description };
      const seen = { key, value: String(from[name]) };
      const { count } = await tx.configuration.updateMany({ where: seen, data: facts });
      // Never set before: the default was seen.
      if (count === 0) await tx.configuration.create({ data: { key, ...facts }, select: { key: true } });
    }
    const target = { entity: "Configuration", entityId: "jobs.retention" };
    await recordAudit(tx, actor, "retention.change", target, { before: { ...from }, after: { ...to } });
  });
}

export async function readJobRetention(on: Reader): Promise<JobRetention> {
  const rows = await on.configuration.findMany({ where: { key: { in: NAMES.map((name) => SETTINGS[name].key) } } });
  const stored = new Map(rows.map((row) => [row.key, Number(row.value)]));
  const of = (name: Name) => stored.get(SETTINGS[name].key) ?? SETTINGS[name].usual;
  return { doneDays: of("doneDays"), failedDays: of("failedDays"), lineDays: of("lineDays") };
}

import "server-only";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isOnFullDisk } from "@/lib/disk-full";
import { env } from "@/lib/env";
import { formatPlural } from "@/lib/format";
import { isWorkerAlive } from "@/lib/jobs/queries";

/** What keeps a system that answers from being all right, in sentences; empty for none. */
export async function listProblems(): Promise<string[]> {
  const problems: string[] = [];
  if (!(await isWorkerAlive(SYSTEM)))
    problems.push('No worker is running; "npm start" or "stockroom worker" runs one.');
  if (await isOnFullDisk(env().dataFolder)) problems.push("The disk of the data folder is full; nothing can be saved.");
  const parked = await db.job.count({ where: { status: "parked" } });
  if (parked > 0) problems.push(`${formatPlural(parked, "parked job")} wait${parked === 1 ? "s" : ""} for a person.`);
  return problems;
}

import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { jobFacts, jobFactsSelect } from "../job-state";
import { jobDefinition } from "../registry";

/** What the worker does by itself every day, where there is anything to do (tendDaily). */
const DAILY = ["sync.retention", "images.sweep", "icons.sweep"];

/** The product's own daily work, with how it went last: nobody need schedule it. */
export async function listUpkeep(actor: Actor) {
  assertCan(actor, "job:read");
  const newest = await db.job.groupBy({ by: ["jobType"], where: { jobType: { in: DAILY } }, _max: { id: true } });
  const jobs = await db.job.findMany({
    where: { id: { in: newest.flatMap(({ _max }) => _max.id ?? []) } },
    select: jobFactsSelect,
  });
  const now = new Date();
  return DAILY.flatMap((jobType) => {
    const definition = jobDefinition(jobType);
    const last = jobs.find((job) => job.jobType === jobType);
    if (!definition) return [];
    const { displayName, description } = definition;
    return [{ jobType, displayName, description, lastJob: last ? jobFacts(last, now) : null }];
  });
}
export type UpkeepRow = Awaited<ReturnType<typeof listUpkeep>>[number];

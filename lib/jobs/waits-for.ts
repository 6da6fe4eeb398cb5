import "server-only";
import { db } from "@/lib/db/client";
import { runIdOf } from "./job-parameters";
import { jobDefinition } from "./registry";

/** Why a waiting job is not begun, in words; null when its turn comes as soon as a worker is free. */
export async function whatItWaitsFor(jobId: string): Promise<string | null> {
  const job = await db.job.findUnique({ where: { id: jobId } });
  if (job?.status !== "pending") return null;
  const group = jobDefinition(job.jobType)?.exclusive;
  const [running, source] = await Promise.all([
    db.job.findMany({ where: { status: "running" }, select: { jobType: true, displayName: true } }),
    sourceOf(job.parameters),
  ]);
  const ahead = running.find((other) => group && jobDefinition(other.jobType)?.exclusive === group);
  if (ahead) return `Waits for "${ahead.displayName}": two jobs that write the catalogue never run side by side.`;
  if (source) {
    const paused = await db.job.findMany({
      where: { status: "paused", startedAt: { not: null } },
      select: { displayName: true, parameters: true },
    });
    for (const other of paused) {
      if ((await sourceOf(other.parameters)) !== source) continue;
      return `Waits for "${other.displayName}", which is paused half way: resume or cancel that one first. Other sources go on.`;
    }
  }
  const definition = jobDefinition(job.jobType);
  const alike = running.filter((other) => other.jobType === job.jobType).length;
  if (definition && alike >= definition.concurrency) {
    const most = definition.concurrency === 1 ? "one runs" : `${definition.concurrency} run`;
    return `Waits for others of its kind: ${most} at a time.`;
  }
  if (job.scheduledAt && job.scheduledAt > new Date()) {
    return job.attempts > 0 ? "Waits a moment before its next try." : "Waits for its time.";
  }
  if (running.length > 0 && (await db.jobAttempt.count({ where: { jobId, outcome: "lost" } })) > 0) {
    return "Its worker died in an earlier try, perhaps of it: it runs alone this time, once its worker has nothing else to do.";
  }
  return null;
}

async function sourceOf(parameters: unknown) {
  const runId = runIdOf(parameters);
  if (!runId) return null;
  const run = await db.syncHistory.findUnique({ where: { id: runId }, select: { feedSourceId: true } });
  return run?.feedSourceId ?? null;
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { jobDurations } from "./durations";
import { jobFacts, jobFactsSelect } from "./job-state";
import { listLines } from "./list-lines";
import { liveJob } from "./live-job";

/** Between two looks at the job, in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** A stream ends after this long and the browser asks for the next: so a revoked session sees no more than this. */
const STREAM_MS = 60_000;
/** A silence this long is broken by a comment, so that nobody in between takes the connection for dead. */
const BEAT_MS = 15_000;

/**
 * Server-sent events of a job: `progress` whenever something changed, `lines` with what its log gained, `end` when it
 * is over. The id of `lines` is the last line's: asked again with it as `after`, the stream goes on behind that line.
 * @param after the last line known; undefined: only what comes from now on
 */
export function jobEvents(
  actor: Actor,
  jobId: string,
  { after, signal }: { after: number | undefined; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  assertCan(actor, "job:read");
  const encoder = new TextEncoder();
  const events = lookAt(actor, jobId, after, signal);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await events.return(undefined);
    },
  });
}

async function* lookAt(
  actor: Actor,
  jobId: string,
  after: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<string, undefined> {
  const until = Date.now() + STREAM_MS;
  let heard = after ?? (await lastLine(jobId));
  let lastProgress = "";
  let lastSent = Date.now();
  const usual = await usualSeconds(actor, jobId);
  // Whoever is cut off before the first line goes on from here as well.
  yield `retry: 1000\nid: ${heard}\n\n`;
  while (!signal.aborted && Date.now() < until) {
    // The job before its lines: whatever it said until it ended is then among them.
    const job = await db.job.findUnique({ where: { id: jobId }, select: jobFactsSelect });
    if (!job) return;
    const live = liveJob(jobFacts(job, new Date()), usual);
    for (let hasMore = true; hasMore; ) {
      const part = await listLines(actor, { jobId, after: heard });
      hasMore = part.hasMore;
      const last = part.lines.at(-1);
      if (!last) continue;
      heard = last.id;
      lastSent = Date.now();
      yield event("lines", JSON.stringify(part.lines), last.id);
    }
    const progress = JSON.stringify(live);
    if (progress !== lastProgress) {
      lastProgress = progress;
      lastSent = Date.now();
      yield event("progress", progress);
    }
    if (!live.isOpen) {
      yield event("end", progress);
      return;
    }
    if (Date.now() - lastSent > BEAT_MS) {
      lastSent = Date.now();
      yield ": still here\n\n";
    }
    // Leaving the page ends the wait; there is nothing to tell then.
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function lastLine(jobId: string) {
  const last = await db.jobLine.findFirst({ where: { jobId }, select: { id: true }, orderBy: { id: "desc" } });
  return last?.id ?? 0;
}

async function usualSeconds(actor: Actor, jobId: string) {
  const job = await db.job.findUnique({ where: { id: jobId }, select: { jobType: true } });
  return job ? ((await jobDurations(actor, [job.jobType])).get(job.jobType)?.medianSeconds ?? null) : null;
}

function event(name: string, data: string, id?: number) {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}

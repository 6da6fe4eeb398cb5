import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/auth/actor";
import { liveJob } from "./live-job";
import { getJob } from "./queries";

/** Between two looks at the job, in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** A stream ends after this long and the browser asks for the next: so a revoked session sees no more than this. */
const STREAM_MS = 60_000;
/** Lines of the log sent along. */
const LOG_LINES = 200;

/** Server-sent events of a job: `progress` whenever something changed, `log` with its lines, `end` when it is over. */
export function jobEvents(actor: Actor, jobId: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const events = lookAt(actor, jobId, signal);
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

async function* lookAt(actor: Actor, jobId: string, signal: AbortSignal): AsyncGenerator<string, undefined> {
  const until = Date.now() + STREAM_MS;
  let lastProgress = "";
  let lastLog = "";
  yield "retry: 1000\n\n";
  while (!signal.aborted && Date.now() < until) {
    const job = await getJob(actor, jobId);
    if (!job) return;
    const live = liveJob(job);
    const progress = JSON.stringify(live);
    if (progress !== lastProgress) yield event("progress", progress);
    lastProgress = progress;
    const log = JSON.stringify(job.log.slice(-LOG_LINES));
    if (log !== lastLog) yield event("log", log);
    lastLog = log;
    if (!live.isOpen) {
      yield event("end", progress);
      return;
    }
    // Leaving the page ends the wait; there is nothing to tell then.
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function event(name: string, data: string) {
  return `event: ${name}\ndata: ${data}\n\n`;
}

import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { type JobLine, listLines } from "./list-lines";

/** A job's whole log as text, read and sent part by part: time, level and text of a line in a line. */
export function jobLogText(actor: Actor, jobId: string): ReadableStream<Uint8Array> {
  assertCan(actor, "job:read");
  const encoder = new TextEncoder();
  let after = 0;
  return new ReadableStream({
    async pull(controller) {
      const { lines, hasMore } = await listLines(actor, { jobId, after });
      after = lines.at(-1)?.id ?? after;
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.map(lineText).join("")));
      if (!hasMore) controller.close();
    },
  });
}

function lineText({ at, level, text }: JobLine) {
  return `${at} ${level.padEnd(7)} ${text}\n`;
}

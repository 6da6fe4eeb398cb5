import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const AUTOCANNON = fileURLToPath(import.meta.resolve("autocannon"));

const report = z.object({
  requests: z.object({ average: z.number(), total: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
});

export interface ClosedLoad {
  /** Requests a second, on average. */
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
  requests: number;
}

/**
 * As many requests as so many connections get answered, one after another on each; from a process of its own.
 * @throws {Error} when any answer is not a success: what is refused quickly proves nothing
 */
export async function loadClosed(
  url: string,
  { cookie, connections, seconds }: { cookie: string; connections: number; seconds: number },
): Promise<ClosedLoad> {
  const flags = ["--json", "--no-progress", "-c", String(connections), "-H", `cookie=${cookie}`];
  const fire = (duration: number) =>
    promisify(execFile)(process.execPath, [AUTOCANNON, ...flags, "-d", String(duration), url]);
  await fire(Math.ceil(seconds / 4));
  const { stdout } = await fire(seconds);
  const { requests, latency, non2xx, errors } = report.parse(JSON.parse(stdout));
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} of ${requests.total} requests of ${url} failed.`);
  const { p50, p99, max } = latency;
  return { perSecond: Math.round(requests.average), p50, p99, max, requests: requests.total };
}

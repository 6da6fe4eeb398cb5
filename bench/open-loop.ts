import { setTimeout as sleep } from "node:timers/promises";
import { type Quantiles, quantiles } from "./quantiles";

interface Load {
  cookie: string;
  /** Requests begun each second, however slow the answers are. */
  perSecond: number;
  /** Addresses taken in turn. */
  urls: readonly string[];
  /** Ends the load; requests on their way are still waited for. */
  signal: AbortSignal;
}

export interface OpenLoad extends Quantiles {
  /** How often each kind of failure came: a status, or what became of the connection. */
  failures: Record<string, number>;
  perUrl: { url: string; p50: number; p99: number; max: number }[];
}

/**
 * Asks at a fixed rate and measures from the moment each request was due, not from when it could be sent: a server that
 * stands still is charged for everybody who would have come meanwhile.
 */
export async function loadOpen({ cookie, perSecond, urls, signal }: Load): Promise<OpenLoad> {
  const times = new Map<string, number[]>(urls.map((url) => [url, []]));
  const failures: Record<string, number> = {};
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let count = 0; !signal.aborted; count += 1) {
    const due = began + (count * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const url = urls[count % urls.length] ?? "";
    answers.push(
      failureOf(url, cookie).then((failure) => {
        times.get(url)?.push(performance.now() - due);
        if (failure !== null) failures[failure] = (failures[failure] ?? 0) + 1;
      }),
    );
  }
  await Promise.all(answers);
  const perUrl = [...times].map(([url, each]) => ({ url, ...quantiles(each) }));
  return { ...quantiles([...times.values()].flat()), failures, perUrl };
}

/** Null when all went well. */
async function failureOf(url: string, cookie: string) {
  try {
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    return answer.ok ? null : `${new URL(url).pathname} ${answer.status}`;
  } catch (error) {
    // No answer at all is a failure too, which the bench tells.
    const cause = error instanceof Error ? error.cause : error;
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  }
}

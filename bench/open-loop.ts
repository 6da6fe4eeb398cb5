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
  failed: number;
  perUrl: { url: string; p50: number; p99: number; max: number }[];
}

/**
 * Asks at a fixed rate and measures from the moment each request was due, not from when it could be sent: a server that
 * stands still is charged for everybody who would have come meanwhile.
 */
export async function loadOpen({ cookie, perSecond, urls, signal }: Load): Promise<OpenLoad> {
  const times = new Map<string, number[]>(urls.map((url) => [url, []]));
  const answers: Promise<boolean>[] = [];
  const began = performance.now();
  for (let count = 0; !signal.aborted; count += 1) {
    const due = began + (count * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const url = urls[count % urls.length] ?? "";
    answers.push(
      answered(url, cookie).then((isOk) => {
        times.get(url)?.push(performance.now() - due);
        return isOk;
      }),
    );
  }
  const found = await Promise.all(answers);
  const perUrl = [...times].map(([url, each]) => ({ url, ...quantiles(each) }));
  return { ...quantiles([...times.values()].flat()), failed: found.filter((isOk) => !isOk).length, perUrl };
}

async function answered(url: string, cookie: string) {
  try {
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    // No answer at all is a failed one, which the bench tells.
    return false;
  }
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { transaction } from "@/lib/db/client";
import type { IconGeneration } from "@/prisma/generated/sqlite/client";
import { askEndpoint, type ImageCall } from "../endpoint/ask-endpoint";
import { EndpointError } from "../endpoint/endpoint-error";
import type { Endpoint } from "../icon-settings";

/** Calls for one picture before it counts as failed. */
const MOST_CALLS = 5;
/** Before the second call where the endpoint names no time, in milliseconds; twice as long before each further one. */
const FIRST_WAIT_MS = 500;

/** What calls side by side share: when one is told to wait, none calls. */
export interface Patience {
  notBefore: number;
  /** Aborted when no further try shall begin. */
  lastTry: AbortSignal;
  /** Aborted when calls under way shall end. */
  end: AbortSignal;
}

/**
 * Has the endpoint make a picture, again where a later call may do better. The key of a call is the picture's id and how
 * many calls failed for certain: a call whose end is unknown, because the line broke or this process died, is repeated
 * with its own key, so that an endpoint which heeds it charges once.
 * @throws {EndpointError} of the last call
 */
export async function callPatiently(
  endpoint: Endpoint,
  generation: IconGeneration,
  call: Omit<ImageCall, "idempotencyKey">,
  patience: Patience,
): Promise<{ bytes: Buffer; attempts: number }> {
  let { attempts } = generation;
  for (let tries = 1; ; tries++) {
    await waitTurn(patience);
    try {
      const idempotencyKey = `${generation.id}-${attempts + 1}`;
      const bytes = await askEndpoint(endpoint, { ...call, idempotencyKey }, patience.end);
      return { bytes, attempts: attempts + 1 };
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      if (error.failure !== "unknown") {
        attempts += 1;
        await noteAttempts(generation.id, attempts);
      }
      const mayDoBetter = error.failure === "busy" || error.failure === "unknown";
      if (!mayDoBetter || tries >= MOST_CALLS || patience.lastTry.aborted) throw error;
      const waitMs = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
      patience.notBefore = Math.max(patience.notBefore, Date.now() + waitMs);
    }
  }
}

async function waitTurn(patience: Patience) {
  for (let ms = patience.notBefore - Date.now(); ms > 0; ms = patience.notBefore - Date.now()) {
    await sleep(ms, undefined, { signal: patience.lastTry });
  }
}

function noteAttempts(id: string, attempts: number) {
  return transaction((tx) => tx.iconGeneration.update({ where: { id }, data: { attempts }, select: { id: true } }));
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { askEndpoint, type ImageCall } from "../endpoint/ask-endpoint";
import { EndpointError } from "../endpoint/endpoint-error";
import type { Endpoint } from "../icon-settings";
import { closeCall, noteCall, openCall } from "./answers-folder";

/** Calls for one picture before it counts as failed. */
const MOST_CALLS = 4;
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
 * Has the endpoint make a picture, again where a later call may do better. All calls for it carry one key, also those of a
 * process that died: a line that broke or a failure of the server never says for certain that nothing was charged. Only
 * an answer for good, a refusal or a picture of no use, is followed by another key, should a person ask again. An endpoint
 * that heeds no keys is not asked again once a picture may be under way: it would be paid a second time. Each call is on
 * the disk before it is made, and goes from there when it is certain that nothing was.
 * @throws {EndpointError} of the last call
 */
export async function callPatiently(endpoint: Endpoint, call: ImageCall, patience: Patience): Promise<Buffer> {
  // By a process that died, with the same key.
  let mayBeCharged = (await openCall(call.idempotencyKey)) !== null;
  for (let tries = 1; ; tries++) {
    try {
      await waitTurn(patience);
      await noteCall(call.idempotencyKey, new URL(endpoint.baseUrl).host);
      return await askEndpoint(endpoint, call, patience.end);
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      mayBeCharged ||= error.failure === "unknown";
      if (!mayBeCharged && error.failure !== "unusable") await closeCall(call.idempotencyKey);
      const mayDoBetter = error.failure === "busy" || (error.failure === "unknown" && endpoint.heedsKeys);
      if (!mayDoBetter) throw error;
      if (tries >= MOST_CALLS || patience.lastTry.aborted) {
        throw mayBeCharged ? new EndpointError("unknown", error.message, null, { cause: error }) : error;
      }
      const waitMs = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (tries - 1);
      patience.notBefore = Math.max(patience.notBefore, Date.now() + waitMs);
    }
  }
}

/** @throws {EndpointError} when no further try shall begin: nothing was sent then */
async function waitTurn(patience: Patience) {
  for (let ms = patience.notBefore - Date.now(); ms > 0; ms = patience.notBefore - Date.now()) {
    await sleep(ms, undefined, { signal: patience.lastTry }).catch(() => undefined);
    if (patience.lastTry.aborted) throw new EndpointError("busy", "It was stopped before the call.");
  }
}

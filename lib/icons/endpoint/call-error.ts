import { APIConnectionError, APIError } from "openai";
import { formatDuration } from "@/lib/format";
import { EndpointError } from "./endpoint-error";

/** Nothing was sent: no picture can have been made of it. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "CERT_HAS_EXPIRED"]);
const POLICY = /content_policy|moderation|safety|policy_violation/;
const NO_MONEY = /insufficient_quota|billing|credit/;
/** An endpoint's own words that are passed on, in characters. */
const MOST_WORDS = 300;
/** The longest wait that an endpoint may ask for, in milliseconds. */
const LONGEST_WAIT_MS = 300_000;

/** What a failed call of an image endpoint means, in a sentence. */
export function callError(error: unknown, host: string, timedOutAfterSeconds: number | null): EndpointError {
  if (error instanceof EndpointError) return error;
  if (timedOutAfterSeconds !== null) {
    const words = `${host} took longer than ${formatDuration(timedOutAfterSeconds)}. It may have made the picture.`;
    return new EndpointError("unknown", words, null, { cause: error });
  }
  if (error instanceof APIConnectionError || !(error instanceof APIError) || error.status === undefined) {
    return connectionError(error, host);
  }
  return statusError(error, error.status, host);
}

function connectionError(error: unknown, host: string) {
  const code = codeIn(error);
  if (code && NOT_SENT.has(code)) {
    return new EndpointError("busy", `${host} can't be reached (${code}).`, null, { cause: error });
  }
  const words = `${host} broke the connection off${code ? ` (${code})` : ""}. It may have made the picture.`;
  return new EndpointError("unknown", words, null, { cause: error });
}

function statusError(error: APIError, status: number, host: string) {
  const own = `${error.code ?? ""} ${error.type ?? ""} ${error.message}`;
  const words = saidBy(error);
  const make = (failure: EndpointError["failure"], sentence: string, retryAfterMs: number | null = null) =>
    new EndpointError(failure, sentence, retryAfterMs, { cause: error });
  if (status >= 300 && status < 400) {
    return make("blocked", `${host} sends calls elsewhere (${status}). Enter its final address in the icon settings.`);
  }
  if (status === 401)
    return make("blocked", `${host} refuses the API key. Enter another in the icon settings.${words}`);
  if (status === 402 || NO_MONEY.test(own)) {
    return make("blocked", `The account at ${host} has nothing left to spend. Add credit there, then resume.${words}`);
  }
  if (status === 403) return make("blocked", `${host} does not allow this with the saved API key.${words}`);
  if (status === 404)
    return make("blocked", `${host} knows no such model or address. Check the icon settings.${words}`);
  if (POLICY.test(own)) {
    return make("refused", `${host} refuses to draw this: its content rules. Change the words of the request.${words}`);
  }
  if (status === 429) return make("busy", `${host} is asked too often (429).`, retryAfterMs(error));
  if (status === 409) return make("unknown", `${host} is at work on this call already (409).`, retryAfterMs(error));
  if (status === 503) return make("busy", `${host} is busy (503).`, retryAfterMs(error));
  if (status === 408 || status === 502 || status === 504) {
    return make("unknown", `${host} lost the answer (${status}). It may have made the picture.`, retryAfterMs(error));
  }
  if (status >= 500) return make("busy", `${host} failed (${status}).${words}`, retryAfterMs(error));
  return make("refused", `${host} does not take the call (${status}).${words}`);
}

/** Its own words, one line of them; status and code are told by ours. */
function saidBy(error: APIError) {
  const text = error.message
    .replace(/^\d{3}\s*/, "")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "" || /^status code|<html|<!doctype/i.test(text)) return "";
  return ` It says: ${text.slice(0, MOST_WORDS)}`;
}

/** `Retry-After` in seconds or as a date; null where there is none. */
function retryAfterMs({ headers }: APIError): number | null {
  const given = headers?.get("retry-after");
  if (!given) return null;
  const seconds = Number(given);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(given) - Date.now();
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(0, ms)) : null;
}

function codeIn(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return null;
}

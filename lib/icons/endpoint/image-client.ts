import "server-only";
import OpenAI from "openai";
import { formatBytes } from "@/lib/format";
import { EndpointError } from "./endpoint-error";

/** The largest answer that is read: a picture of 4,096 × 4,096 as base64. */
const LIMIT_BYTES = 60_000_000;

export interface ClientOptions {
  baseUrl: string;
  /** Null for a server that wants none. */
  apiKey: string | null;
  signal: AbortSignal;
}

/** A client for one call. It sends nothing elsewhere, reads no more than an answer may have, and repeats nothing. */
export function imageClient({ baseUrl, apiKey, signal }: ClientOptions): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? "none",
    // What is not given would be read from the environment.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: 3_600_000,
    logLevel: "off",
    fetch: async (input, init) => limited(await fetch(input, { ...init, redirect: "manual", signal })),
  });
}

function limited(answer: Response): Response {
  if (!answer.body) return answer;
  let bytes = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes <= LIMIT_BYTES) return controller.enqueue(chunk);
        controller.error(new EndpointError("unusable", `The answer is larger than ${formatBytes(LIMIT_BYTES)}.`));
      },
    }),
  );
  const { status, statusText, headers } = answer;
  return new Response(counted, { status, statusText, headers });
}

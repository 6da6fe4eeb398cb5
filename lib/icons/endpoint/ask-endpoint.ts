import "server-only";
import { z } from "zod";
import { type Endpoint, openApiKey } from "../icon-settings";
import { callError } from "./call-error";
import { EndpointError } from "./endpoint-error";
import { fetchAnswer } from "./fetch-answer";
import { imageClient } from "./image-client";

export interface ImageCall {
  model: string;
  prompt: string;
  /** Both ways: one of the sizes that the endpoint makes. */
  pixels: number;
  isTransparent: boolean;
  /** A call with a key that the endpoint has seen gives the same picture and costs nothing, where it keeps to that. */
  idempotencyKey: string;
}

const answered = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});

/**
 * Has an image endpoint make one picture; one call, one answer.
 * @returns the picture's bytes as they came, not looked at yet
 * @throws {EndpointError}
 */
export async function askEndpoint(endpoint: Endpoint, call: ImageCall, signal: AbortSignal): Promise<Buffer> {
  const timeout = AbortSignal.timeout(endpoint.timeoutSeconds * 1_000);
  const within = AbortSignal.any([signal, timeout]);
  const { baseUrl } = endpoint;
  const { host } = new URL(baseUrl);
  try {
    const client = imageClient({ baseUrl, apiKey: openApiKey(endpoint), signal: within });
    const answer: unknown = await client.images.generate(
      {
        model: call.model,
        prompt: call.prompt,
        n: 1,
        size: `${call.pixels}x${call.pixels}`,
        ...(endpoint.answerFormat === "unsaid" ? {} : { response_format: endpoint.answerFormat }),
        ...(call.isTransparent && endpoint.isTransparent ? { background: "transparent", output_format: "png" } : {}),
      },
      { headers: { "Idempotency-Key": call.idempotencyKey } },
    );
    const [picture] = parseAnswer(answer, host);
    if (picture?.b64_json) return Buffer.from(picture.b64_json, "base64");
    if (picture?.url) return await fetchAnswer(picture.url, baseUrl, within);
    throw new EndpointError("unusable", `${host} answered without a picture.`);
  } catch (error) {
    signal.throwIfAborted();
    throw callError(error, host, timeout.aborted ? endpoint.timeoutSeconds : null);
  }
}

/** Asks which models there are, which costs nothing. @throws {EndpointError} */
export async function listModels(endpoint: Endpoint, signal: AbortSignal): Promise<string[]> {
  const { baseUrl } = endpoint;
  const { host } = new URL(baseUrl);
  const within = AbortSignal.any([signal, AbortSignal.timeout(15_000)]);
  try {
    const page: unknown = await imageClient({ baseUrl, apiKey: openApiKey(endpoint), signal: within }).models.list();
    const listed = z.object({ data: z.array(z.object({ id: z.string() })) }).safeParse(page);
    if (listed.success) return listed.data.data.map(({ id }) => id);
    throw new EndpointError("blocked", `${host} answers, but not as an image endpoint does. Check the address.`);
  } catch (error) {
    throw callError(error, host, within.aborted ? 15 : null);
  }
}

function parseAnswer(answer: unknown, host: string) {
  const parsed = answered.safeParse(answer);
  if (parsed.success) return parsed.data.data;
  const what = typeof answer === "string" && /^\s*</.test(answer) ? "with a web page" : "without a picture";
  throw new EndpointError("unusable", `${host} answered ${what}.`);
}

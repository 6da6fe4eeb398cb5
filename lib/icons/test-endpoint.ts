import "server-only";
import type { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { listModels } from "./endpoint/ask-endpoint";
import { EndpointError } from "./endpoint/endpoint-error";
import { type endpointInput, readIconSettings, sealEndpoint } from "./icon-settings";

/** Most models named. */
const MOST_NAMED = 8;

/**
 * Asks an endpoint, as it stands in the form, which models it has: that costs nothing, and shows whether address and key
 * are right. Nothing is saved.
 * @returns what it said, in a sentence
 * @throws {AppError} `invalid_input` or `unavailable` saying what is wrong
 */
export async function testEndpoint(actor: Actor, input: z.output<typeof endpointInput>): Promise<{ said: string }> {
  assertCan(actor, "settings:manage");
  const endpoint = sealEndpoint(input, (await readIconSettings(db)).endpoint);
  const { host } = new URL(endpoint.baseUrl);
  try {
    const models = await listModels(endpoint, AbortSignal.timeout(30_000));
    return { said: wordsOf(host, models, endpoint.model) };
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    throw new AppError("unavailable", error.message, { cause: error });
  }
}

function wordsOf(host: string, models: string[], wanted: string): string {
  if (models.includes(wanted)) return `${host} answers and has ${wanted}. Nothing was charged.`;
  if (models.length === 0)
    return `${host} answers, and names no models: whether it has ${wanted} shows with a picture.`;
  const images = models.filter((model) => /image|dall|flux|diffusion|sd/i.test(model));
  const named = (images.length > 0 ? images : models).slice(0, MOST_NAMED).join(", ");
  return `${host} answers, but ${wanted} is not among its ${formatPlural(models.length, "model")}. It has: ${named}.`;
}

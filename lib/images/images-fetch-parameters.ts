import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen } from "@/lib/jobs/parameter";
import type { FetchScope } from "./fetch-scope";

const WHICH = {
  missing: "that nobody tried to fetch",
  broken: "that failed",
  category: "of a category",
  product: "of a product",
} as const;

/** What a person gives to fetch pictures. */
export const imagesFetchParameters = z.object({
  which: z
    .enum(["missing", "broken", "category", "product"])
    .default("missing")
    .meta({ title: "Pictures", labels: WHICH }),
  category: chosen("category", "Category", "For the pictures of a category and all below it.")
    .optional()
    .meta({ shownWhen: { which: ["category"] } }),
  product: chosen("product", "Product", "For the pictures of one product.")
    .optional()
    .meta({ shownWhen: { which: ["product"] } }),
});

/** @throws {AppError} as `requestImagesFetch` */
export async function startImagesFetch(
  actor: Actor,
  given: z.output<typeof imagesFetchParameters>,
): Promise<StartedJob> {
  const { requestImagesFetch } = await import("./request-images-fetch");
  return requestImagesFetch(actor, scopeOf(given));
}

function scopeOf(given: z.output<typeof imagesFetchParameters>): FetchScope {
  const { which: kind } = given;
  if (kind === "missing" || kind === "broken") return { kind };
  const id = given[kind];
  if (id) return { kind, id };
  const message = `Choose the ${kind} whose pictures to fetch.`;
  throw new AppError("invalid_input", message, { fields: { [kind]: message } });
}

import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { chosen, confirmation } from "@/lib/jobs/parameter";

/** What a person gives to merge a category by the worker. */
export const mergeParameters = z.object({
  category: chosen("category", "Category", "It is taken away at the end."),
  into: chosen("category", "Into", "Where its products go."),
  confirmation,
});

/** @throws {AppError} as `changeCategory` */
export async function startMerge(actor: Actor, given: z.output<typeof mergeParameters>): Promise<StartedJob> {
  const { changeCategory } = await import("./change-category");
  const operation = { kind: "merge" as const, id: given.category, intoId: given.into };
  const { jobId } = await changeCategory(actor, { operation, confirmation: given.confirmation }, { byWorker: true });
  if (!jobId) throw new AppError("internal", "The merge brought no job.");
  return { jobId };
}

import "server-only";
import { z } from "zod";
import { assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { defineJob, type StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
import { refreshCategoryWords } from "@/lib/sync/refresh-category-words";

/** Writes what the search box reads of the products below categories that a run renamed or moved. */
export const categoryWordsJob = defineJob({
  name: "category.words",
  displayName: "Refresh search words",
  description: "Writes anew what the search box reads of the products below categories that a run renamed or moved.",
  group: "Upkeep",
  permission: "catalog:write",
  stages: ["Writing search words"],
  isResumable: false,
  idempotency: "Run again it writes the same words.",
  payload: z.object({ runId: z.uuid() }),
  parameters: z.object({ run: chosen("category-run", "Run", "One that changed categories.") }),
  async start(actor, { run }): Promise<StartedJob> {
    assertCan(actor, "catalog:write");
    return { jobId: await transaction((tx) => enqueue(tx, actor, categoryWordsJob, { runId: run })) };
  },
  recall: async ({ runId }) => ({ run: runId }),
  recurs: false,
  maxAttempts: 3,
  exclusive: null,
  async handle({ runId }, context) {
    await refreshCategoryWords(runId, context.assertHeld);
    return { runId };
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

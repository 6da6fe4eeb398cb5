import "server-only";
import { z } from "zod";
import { defineJob } from "@/lib/jobs/define-job";
import { refreshCategoryWords } from "@/lib/sync/refresh-category-words";

/** Writes what the search box reads of the products below categories that a run renamed or moved. */
export const categoryWordsJob = defineJob({
  name: "category.words",
  displayName: "Refresh search words",
  payload: z.object({ runId: z.uuid() }),
  maxAttempts: 3,
  exclusive: null,
  async handle({ runId }, context) {
    await refreshCategoryWords(runId, context.assertHeld);
    return { runId };
  },
  giveUp: async () => undefined,
});

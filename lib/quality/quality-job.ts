import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { defineJob } from "@/lib/jobs/define-job";
import { catchUp } from "./catch-up";

/** Computes the quality of products behind an import or a change of what is asked of them. Resumes where it was killed. */
export const qualityJob = defineJob({
  name: "quality.refresh",
  displayName: "Compute the quality of products",
  description: "Computes the quality of products whose data, or what is asked of it, changed.",
  group: "Upkeep",
  permission: "job:control",
  stages: ["Computing"],
  isResumable: true,
  idempotency: "Run again it computes what changed since; nothing else.",
  payload: z.object({}),
  resultTitles: { products: "Products computed" },
  maxAttempts: 3,
  exclusive: null,
  async handle(_, context) {
    const total = await db.product.count();
    let products = 0;
    for (;;) {
      await context.report({ stage: "Computing", done: products, total: Math.max(total, products), unit: "products" });
      const done = await catchUp();
      if (done === null) return { products };
      products += done;
    }
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

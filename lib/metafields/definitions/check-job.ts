import "server-only";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { defineJob } from "@/lib/jobs/define-job";
import { rulesOf } from "../types";
import { checkParameters, startCheck } from "./check-parameters";
import { checkValues } from "./check-values";

/** Counts the values that a change of a definition would break. It only reads: killed, it begins anew. */
export const checkJob = defineJob({
  name: "metafields.check",
  displayName: "Check the values of a metafield",
  description: "Counts the values of a metafield that a change of its rules would break. Changes nothing.",
  group: "Catalogue",
  permission: "catalog:write",
  stages: ["Checking"],
  isResumable: false,
  idempotency: "Only reads: run again it counts what is there by then.",
  payload: z.object({
    definitionId: z.string(),
    validations: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  parameters: checkParameters,
  start: startCheck,
  recall: async ({ definitionId, validations }) => ({
    definition: definitionId,
    rules: validations.map(({ name, value }) => `${name}=${value}`),
  }),
  resultTitles: { checked: "Values checked", breaking: "Values that would break", first: "The first of them" },
  maxAttempts: 3,
  exclusive: null,
  async handle({ definitionId, validations }, context) {
    const definition = await db.metafieldDefinition.findUnique({ where: { id: definitionId } });
    if (!definition) throw new AppError("not_found", "The definition is gone.");
    return checkValues({ ...definition, rules: rulesOf(definition.validations) }, rulesOf(validations), (done) =>
      context.report({ stage: "Checking", done, total: null, unit: "values" }),
    );
  },
  giveUp: async () => undefined,
  reopen: async () => undefined,
});

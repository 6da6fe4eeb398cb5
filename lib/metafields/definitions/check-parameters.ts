import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { StartedJob } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import { chosen } from "@/lib/jobs/parameter";
import { rulesOf } from "../types";
import { wrongValidations } from "./validations";

/** What a person gives to count the values that other rules would break. */
export const checkParameters = z.object({
  definition: chosen("definition", "Metafield"),
  rules: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[a-z_.]+=/, "Write a rule as name=value, like min=3.")
        .max(20_000),
    )
    .max(20, "Give at most 20 rules.")
    .default([])
    .meta({
      title: "Rules",
      description: "One per line, as name=value: min=3, max=80, regex=^[A-Z]+$. None is a metafield without rules.",
      control: "lines",
    }),
});

/** @throws {AppError} `not_found`; `invalid_input` where a rule does not fit the metafield's type */
export async function startCheck(
  actor: Actor,
  { definition: id, rules }: z.output<typeof checkParameters>,
): Promise<StartedJob> {
  assertCan(actor, "catalog:write");
  const definition = await db.metafieldDefinition.findUnique({ where: { id } });
  if (!definition) throw new AppError("not_found", "There is no such metafield definition.");
  const validations = rules.map((rule) => {
    const at = rule.indexOf("=");
    return { name: rule.slice(0, at), value: rule.slice(at + 1) };
  });
  const [wrong] = Object.entries(wrongValidations(definition.type, rulesOf(validations)));
  if (wrong) {
    const [name, why] = wrong;
    throw new AppError("invalid_input", `${name}: ${why}`, { fields: { rules: `${name}: ${why}` } });
  }
  const { checkJob } = await import("./check-job");
  const displayName = `Check the values of ${definition.namespace}.${definition.key}`;
  const payload = { definitionId: id, validations };
  return { jobId: await transaction((tx) => enqueue(tx, actor, checkJob, payload, { displayName })) };
}

import { z } from "zod";
import { isFigure, RULE_GROUPS } from "./approval-rule";

/** Rises and falls beyond this are no limit worth the name, in percent. */
const MOST_PERCENT = 1_000_000;

const percent = z
  .number("Enter a number of percent, or leave it empty for any.")
  .min(0, "Enter 0 or more.")
  .max(MOST_PERCENT, "That is as good as no limit: leave it empty.")
  .nullable();

/** A metafield by its name within changes: `metafield:custom.colour`. */
const METAFIELD = /^metafield:[^.\s]{1,100}\.\S{1,100}$/;

const field = z
  .string()
  .trim()
  .refine(
    (name) => name in RULE_GROUPS || isFigure(name) || name === "status" || METAFIELD.test(name),
    "Choose what the rule is about; one metafield is written metafield:custom.colour.",
  );

export const ruleInput = z
  .object({
    name: z.string().trim().min(3, "Give it a name of 3 letters or more.").max(80, "Use at most 80 characters."),
    sourceId: z.uuid().nullable(),
    field,
    maxIncreasePercent: percent,
    maxDecreasePercent: percent,
  })
  // Only figures rise and fall.
  .transform((rule) => (isFigure(rule.field) ? rule : { ...rule, maxIncreasePercent: null, maxDecreasePercent: null }));
export type RuleInput = z.output<typeof ruleInput>;

import { z } from "zod";

/** What a parameter can be chosen from; `lib/jobs/choices.ts` knows how each is looked up. */
export const CHOICE_KINDS = [
  "source",
  "fetched-source",
  "run-in-review",
  "undoable-run",
  "category-run",
  "held-row",
  "category",
  "product",
  "definition",
  "field",
] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

const MISSING: Record<ChoiceKind, string> = {
  source: "Choose a feed.",
  "fetched-source": "Choose a feed.",
  "run-in-review": "Choose a run.",
  "undoable-run": "Choose a run.",
  "category-run": "Choose a run.",
  "held-row": "Choose a row.",
  category: "Choose a category.",
  product: "Choose a product.",
  definition: "Choose a metafield.",
  field: "Choose a field.",
};

/** A parameter that names something there is: by its id, or the way people call it (a run's number, a SKU, a name). */
export function chosen(kind: ChoiceKind, title: string, description = "") {
  return z.string(MISSING[kind]).trim().min(1, MISSING[kind]).max(400).meta({ title, description, choose: kind });
}

/** What is typed again before much is changed at once; the sentence that asks for it says the words. */
export const confirmation = z.string().max(200).default("").meta({
  title: "Confirmation",
  description: "Needed where many products change: leave it empty to be told the words.",
});

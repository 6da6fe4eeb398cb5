import "server-only";
import { z } from "zod";
import { type Actor, assertCan, type Grant } from "@/lib/auth/actor";
import { CHOICES } from "./choice-kinds";
import { CHOICE_KINDS, type ChoiceKind } from "./parameter";

/** Something there is, to choose as a job's parameter. */
export interface Choice {
  value: string;
  label: string;
  /** What tells it from others of its name. */
  detail: string;
  /** Its page, where it has one. */
  href?: string;
}

export const choiceSearch = z.object({ kind: z.enum(CHOICE_KINDS), q: z.string().trim().max(100) });

const GRANT: Record<ChoiceKind, Grant> = {
  source: "sync:read",
  "fetched-source": "sync:read",
  "run-in-review": "sync:read",
  "undoable-run": "sync:read",
  "category-run": "sync:read",
  "held-row": "sync:read",
  category: "catalog:read",
  product: "catalog:read",
  definition: "catalog:read",
  field: "catalog:read",
};

/** What fits the words, at most 20. */
export async function listChoices(actor: Actor, { kind, q }: z.output<typeof choiceSearch>): Promise<Choice[]> {
  assertCan(actor, GRANT[kind]);
  return CHOICES[kind].find(actor, q);
}

/** The one that a person means by its id, or as people call it; null where there is none, or not one alone. */
export async function getChoice(actor: Actor, kind: ChoiceKind, text: string): Promise<Choice | null> {
  assertCan(actor, GRANT[kind]);
  return CHOICES[kind].get(actor, text.trim());
}

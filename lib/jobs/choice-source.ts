import type { Actor } from "@/lib/auth/actor";
import type { Choice } from "./choices";

/** Where a kind of choice is looked up. */
export interface ChoiceSource {
  find(actor: Actor, q: string): Promise<Choice[]>;
  /** By its id, or the way people call it; null where there is none, or not one alone. */
  get(actor: Actor, text: string): Promise<Choice | null>;
}

/** Choices offered at once. */
export const MOST_CHOICES = 20;

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

import { z } from "zod";

/** The most icons changed at once. */
export const MOST_AT_ONCE = 1_000;

/** Icons as a person ticked them: one that somebody changed meanwhile is left as it is. */
export const iconChoice = z
  .array(z.object({ id: z.uuid(), version: z.number().int().min(1) }))
  .min(1, "Tick at least one icon.")
  .max(MOST_AT_ONCE, `Tick at most ${MOST_AT_ONCE} icons at a time.`);
export type IconChoice = z.output<typeof iconChoice>;

/** From so many on, the person types what is about to happen. */
const CONFIRMED_FROM = 50;

/** What has to be typed before so many are deleted; null for few. */
export function deletionWords(count: number): string | null {
  return count < CONFIRMED_FROM ? null : `delete ${count} icons`;
}

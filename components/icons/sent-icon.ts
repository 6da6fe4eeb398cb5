import { z } from "zod";

/** What the server answers to a picture that was sent. */
export const kept = z.object({
  icon_id: z.string().nullable(),
  alike: z.array(z.object({ id: z.string(), filename: z.string(), distance: z.number() })),
});
export const refused = z.object({
  error: z.object({ message: z.string(), details: z.object({ iconId: z.string() }).partial().catch({}).optional() }),
});

import { z } from "zod";

/** What is stored with a clearing of files: the daily one clears. */
export const sweepPayload = z.object({ dryRun: z.boolean().default(false) });

/** What a person gives: they see first what would go. */
export const sweepParameters = z.object({
  dryRun: z
    .boolean()
    .default(true)
    .meta({ title: "Dry run", description: "Lists what would be removed and removes nothing." }),
});

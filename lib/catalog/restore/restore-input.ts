import { z } from "zod";

/** The codes of a product go back together. */
export const CODES = "codes";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const restoreInput = z.object({
  id: z.uuid(),
  /** The time whose values come back. */
  at: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** What is to come back, by the names of the preview, with what it held when that was shown. */
  fields: z
    .array(z.object({ field: z.string().max(400), seen: value }))
    .min(1, "Choose at least one field to restore.")
    .max(2_000),
});
export type RestoreInput = z.output<typeof restoreInput>;

export const restorePreviewInput = restoreInput.pick({ id: true, at: true });

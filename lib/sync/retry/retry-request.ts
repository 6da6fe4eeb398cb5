import { z } from "zod";

const filter = {
  code: z.string().max(100).optional(),
  column: z.string().max(500).optional(),
  file: z.string().max(500).optional(),
};

/** Which of a run's refused rows are tried again. */
export const retryWhich = z.discriminatedUnion("type", [
  /** All that are open, or those of one reason, column or file. */
  z.object({ type: z.literal("open"), ...filter }),
  /** Those mended in the browser. */
  z.object({ type: z.literal("mended") }),
  z.object({ type: z.literal("rows"), ids: z.array(z.number().int()).min(1).max(1_000) }),
  /** The download, mended in a spreadsheet. */
  z.object({ type: z.literal("upload"), uploadIds: z.array(z.uuid()).min(1, "Choose the mended file.").max(50) }),
]);
export type RetryWhich = z.output<typeof retryWhich>;

/** Which line of a retry's file is which refused row: [file, line, rejection id]. */
const triedRow = z.tuple([z.string(), z.number().int(), z.number().int()]);

/** What a run that tries refused rows again was asked, and what it made of it (in SyncHistory.metadata). */
export const retryMetadata = z.object({ which: retryWhich, rows: z.array(triedRow).optional() });

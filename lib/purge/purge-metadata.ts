import { z } from "zod";
import type { Prisma } from "@/prisma/generated/sqlite/client";

const backupFacts = z.object({
  /** Relative to the data folder. */
  file: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  products: z.number().int(),
  /** Rows beside the products, by what they are: {metafields: 12}. */
  rows: z.record(z.string(), z.number().int()),
  /** ISO time at which the file was read back and every row found equal to the database's. */
  verifiedAt: z.string(),
});
export type BackupFacts = z.output<typeof backupFacts>;

/** RunMetadata.purge: which products a deletion was asked for, and where they are kept. */
export const purgeMetadata = z.object({
  /** ProductSelection (lib/catalog/selection.ts), read by the job that plans it. */
  selection: z.custom<Prisma.InputJsonObject>((value) => typeof value === "object" && value !== null),
  /** How many the person saw selected, for the progress alone. */
  count: z.number().int().nullable().default(null),
  /** Days a product must have been archived, as they were when it was planned. */
  afterDays: z.number().int(),
  backup: backupFacts.optional(),
});
export type PurgeMetadata = z.output<typeof purgeMetadata>;

import { z } from "zod";
import { purgeMetadata } from "@/lib/purge/purge-metadata";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { retryMetadata } from "./retry/retry-request";
import { handedAnswer } from "./review/handed-answer";

const definition = z.object({
  externalKey: z.string(),
  namespace: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string(),
});

/** SyncHistory.metadata: what a run was asked to do and how far it came, for the worker that resumes it. */
export const runMetadata = z.object({
  /** The files asked for: absolute paths on the server, a folder standing for the feed files in it. */
  input: z.array(z.object({ path: z.string(), name: z.string() })).default([]),
  /** Changes need no review; guards and ambiguities still do. */
  autoApprove: z.boolean().default(false),
  /** Read again although the source's last run read the very same files. */
  force: z.boolean().optional(),
  /** `applying` once the changes are approved: from there a run goes on instead of reading again. */
  phase: z.enum(["reading", "applying"]).default("reading"),
  /** Changes up to this id were held against the approval rules; absent once all were, or when none applies. */
  rulesAfter: z.number().int().optional(),
  /** Answers that people gave to many rows at once and nobody has written yet, in their order. */
  handedOver: z.array(handedAnswer).optional(),
  categories: z.object({ created: z.number(), updated: z.number(), unchanged: z.number() }).optional(),
  /** Metafield definitions that the run's changes need; made with the first batch, then dropped from here. */
  definitions: z.array(definition).optional(),
  /** Held rows that people answered, of a run that carries the answers out. */
  answering: z
    .array(
      z.object({
        changeId: z.number().int(),
        as: z.enum(["product", "new"]),
        sku: z.string().optional(),
        name: z.string().optional(),
      }),
    )
    .optional(),
  /** Of a bulk edit: what is done to which products (lib/bulk-edit), read by the job that plans it. */
  edit: z.custom<Prisma.InputJsonObject>((value) => typeof value === "object" && value !== null).optional(),
  /** Of a deletion: what is deleted and where it is kept (lib/purge). */
  purge: purgeMetadata.optional(),
  /** All or nothing: a row that can't be applied takes the others with it. */
  isWhole: z.boolean().optional(),
  /** The run that read the same files before: nothing was done. */
  sameAsRun: z.number().int().optional(),
  /** Of a run that tries another run's refused rows again. */
  retry: retryMetadata.optional(),
  /** What its end settles in other runs is done. */
  isSettled: z.boolean().optional(),
  /** Refused rows as people mended them, by rejection id: ready to be tried again. */
  mended: z.record(z.string(), z.string()).optional(),
});
export type RunMetadata = z.output<typeof runMetadata>;

/** SyncHistory.stages: the timeline of a run. */
export const runStages = z.array(
  z.object({
    stage: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    rows: z.number().nullable(),
    /** What its time went to (lib/sync/stopwatch.ts), in milliseconds. */
    spent: z.record(z.string(), z.number()).optional(),
  }),
);
export type StoredStage = z.output<typeof runStages>[number];

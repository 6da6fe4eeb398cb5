import type { JobContext } from "@/lib/jobs/define-job";
import type { IconBatch } from "@/prisma/generated/sqlite/client";
import type { Outcome } from "./settle";

/** A batch that is being made: what its ways of making share. */
export interface Making {
  batch: IconBatch;
  makeAnew: boolean;
  context: JobContext;
  /** Tells how far it is. Throws when it shall stop. */
  report(): Promise<void>;
  /** Writes what became of pictures, and counts them. */
  settle(outcomes: Outcome[]): Promise<void>;
}

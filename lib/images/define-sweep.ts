import "server-only";
import type { z } from "zod";
import { assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { formatBytes } from "@/lib/format";
import { defineJob, type JobDefinition } from "@/lib/jobs/define-job";
import { enqueue } from "@/lib/jobs/enqueue";
import type { Removed } from "./store-files";
import { sweepParameters, sweepPayload } from "./sweep-parameters";

type SweepJob = JobDefinition<typeof sweepPayload, typeof sweepParameters>;

interface Swept extends Removed {
  /** Files looked at. */
  files: number;
}

interface Written<S extends Swept>
  extends Pick<SweepJob, "name" | "description" | "group" | "stages" | "resultTitles"> {
  /** `unused icon files`: the job clears or lists them. */
  what: string;
  sweep(now: Date, report: (stage: string, done: number) => Promise<void>, isDryRun: boolean): Promise<S>;
  /** Said of what was found, behind the files looked at and removed. */
  tell(swept: S): string[];
}

/** A job that removes a store's files that nothing names any more; a dry run tells which. */
export function defineSweep<S extends Swept>({ what, sweep, tell, resultTitles, ...written }: Written<S>): SweepJob {
  const job: SweepJob = defineJob({
    ...written,
    resultTitles: {
      files: "Files looked at",
      removed: "Files removed",
      removedBytes: "Their size",
      removedNames: "Their names",
      ...resultTitles,
    },
    displayName: `Clear ${what}`,
    permission: "settings:manage",
    isResumable: true,
    idempotency: "A file that is gone is not missed: run again it removes what became unused since.",
    payload: sweepPayload,
    parameters: sweepParameters,
    async start(actor, payload: z.output<typeof sweepParameters>) {
      assertCan(actor, "settings:manage");
      const displayName = `${payload.dryRun ? "List" : "Clear"} ${what}`;
      return { jobId: await transaction((tx) => enqueue(tx, actor, job, payload, { displayName })) };
    },
    recall: async ({ dryRun }) => ({ dryRun }),
    maxAttempts: 3,
    exclusive: null,
    async handle({ dryRun }, context) {
      const report = (stage: string, done: number) => context.report({ stage, done, total: null, unit: "files" });
      const swept = await sweep(new Date(), report, dryRun);
      const { files, removed, removedBytes, removedNames } = swept;
      context.log(
        `${files} files, ${removed} ${dryRun ? "would be removed" : "removed"} (${formatBytes(removedBytes)})`,
      );
      for (const line of tell(swept)) context.log(line);
      for (const name of removedNames) context.log(name);
      const result: object = swept;
      return { dryRun, ...result };
    },
    giveUp: async () => undefined,
    reopen: async () => undefined,
  });
  return job;
}

import "server-only";
import { z } from "zod";
import { bulkPlanJob } from "@/lib/bulk-edit/plan-job";
import { exportJob } from "@/lib/catalog/table-export/export-job";
import { categoryWordsJob } from "@/lib/categories/category-words-job";
import { mergeJob } from "@/lib/categories/merge-job";
import { duplicatesJob } from "@/lib/duplicates/find-job";
import { fetchJob } from "@/lib/feeds/fetch/fetch-job";
import { sampleJob } from "@/lib/feeds/mapping/sample-job";
import { iconExportJob } from "@/lib/icons/export/export-job";
import { generateJob } from "@/lib/icons/generate-job";
import { iconsSweepJob } from "@/lib/icons/icons-sweep-job";
import { legacyJob } from "@/lib/icons/legacy/legacy-job";
import { imagesFetchJob } from "@/lib/images/images-fetch-job";
import { imagesSweepJob } from "@/lib/images/images-sweep-job";
import { lookAlikesJob } from "@/lib/images/look-alikes-job";
import { checkJob } from "@/lib/metafields/definitions/check-job";
import { qualityJob } from "@/lib/quality/quality-job";
import { sampleEditsJob } from "@/lib/sample/sample-edits-job";
import { wordsJob } from "@/lib/search/words-job";
import { applyJob } from "@/lib/sync/apply-job";
import { importJob } from "@/lib/sync/import-job";
import { answerJob } from "@/lib/sync/match-queue/answer-job";
import { compactJob } from "@/lib/sync/retention/compact-job";
import { retentionJob } from "@/lib/sync/retention/retention-job";
import { undoJob } from "@/lib/sync/undo/undo-job";
import { undoPlanJob } from "@/lib/sync/undo/undo-plan-job";
import type { JobDefinition } from "./define-job";
import { JOB_GROUPS } from "./job-groups";

/** Every job type of the product. */
const JOBS: Record<string, JobDefinition> = {
  // Each definition parses its own payload; the registry need not know its type.
  [importJob.name]: importJob as unknown as JobDefinition,
  [exportJob.name]: exportJob as unknown as JobDefinition,
  [fetchJob.name]: fetchJob as unknown as JobDefinition,
  [sampleJob.name]: sampleJob as unknown as JobDefinition,
  [applyJob.name]: applyJob as unknown as JobDefinition,
  [answerJob.name]: answerJob as unknown as JobDefinition,
  [retentionJob.name]: retentionJob as unknown as JobDefinition,
  [compactJob.name]: compactJob as unknown as JobDefinition,
  [mergeJob.name]: mergeJob as unknown as JobDefinition,
  [categoryWordsJob.name]: categoryWordsJob as unknown as JobDefinition,
  [bulkPlanJob.name]: bulkPlanJob as unknown as JobDefinition,
  [duplicatesJob.name]: duplicatesJob as unknown as JobDefinition,
  [undoJob.name]: undoJob as unknown as JobDefinition,
  [undoPlanJob.name]: undoPlanJob as unknown as JobDefinition,
  [checkJob.name]: checkJob as unknown as JobDefinition,
  [qualityJob.name]: qualityJob as unknown as JobDefinition,
  [wordsJob.name]: wordsJob as unknown as JobDefinition,
  [sampleEditsJob.name]: sampleEditsJob as unknown as JobDefinition,
  [imagesFetchJob.name]: imagesFetchJob as unknown as JobDefinition,
  [lookAlikesJob.name]: lookAlikesJob as unknown as JobDefinition,
  [imagesSweepJob.name]: imagesSweepJob as unknown as JobDefinition,
  [iconExportJob.name]: iconExportJob as unknown as JobDefinition,
  [generateJob.name]: generateJob as unknown as JobDefinition,
  [legacyJob.name]: legacyJob as unknown as JobDefinition,
  [iconsSweepJob.name]: iconsSweepJob as unknown as JobDefinition,
};

export function jobDefinition(name: string): JobDefinition | undefined {
  return JOBS[name];
}

/** Every job type, by group and name. */
export function jobDefinitions(): JobDefinition[] {
  const place = ({ group }: JobDefinition) => JOB_GROUPS.indexOf(group);
  return Object.values(JOBS).sort((a, b) => place(a) - place(b) || a.displayName.localeCompare(b.displayName, "en"));
}

/** Makes `test`, or another name, a job type, for tests of the queue itself: what the product's own jobs do is their tests' matter. */
export function registerTestJob(definition: Partial<JobDefinition>) {
  JOBS[definition.name ?? "test"] = {
    name: "test",
    displayName: "Test",
    description: "Tests the queue.",
    group: "Upkeep",
    permission: "job:control",
    payload: z.unknown(),
    parameters: z.object({}),
    start: async () => {
      throw new Error("A test puts its job on the queue itself.");
    },
    stages: [],
    isResumable: true,
    idempotency: "",
    recurs: true,
    concurrency: 100,
    maxAttempts: 3,
    exclusive: null,
    handle: async () => ({}),
    giveUp: async () => undefined,
    ...definition,
  };
}

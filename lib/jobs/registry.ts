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
import { purgePlanJob } from "@/lib/purge/plan-job";
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

/** Every job type of the product. Each parses its own payload: the registry need not know their types. */
const DEFINITIONS = [
  importJob,
  exportJob,
  fetchJob,
  sampleJob,
  applyJob,
  answerJob,
  retentionJob,
  compactJob,
  mergeJob,
  categoryWordsJob,
  bulkPlanJob,
  purgePlanJob,
  duplicatesJob,
  undoJob,
  undoPlanJob,
  checkJob,
  qualityJob,
  wordsJob,
  sampleEditsJob,
  imagesFetchJob,
  lookAlikesJob,
  imagesSweepJob,
  iconExportJob,
  generateJob,
  legacyJob,
  iconsSweepJob,
] as unknown as JobDefinition[];

const byName = new Map(DEFINITIONS.map((definition) => [definition.name, definition]));

export function jobDefinition(name: string): JobDefinition | undefined {
  return byName.get(name);
}

/** Every job type, by group and name. */
export function jobDefinitions(): JobDefinition[] {
  const place = ({ group }: JobDefinition) => JOB_GROUPS.indexOf(group);
  return [...byName.values()].sort((a, b) => place(a) - place(b) || a.displayName.localeCompare(b.displayName, "en"));
}

/** Makes `test`, or another name, a job type, for tests of the queue itself: what the product's own jobs do is their tests' matter. */
export function registerTestJob(definition: Partial<JobDefinition>) {
  const written: JobDefinition = {
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
  byName.set(written.name, written);
}

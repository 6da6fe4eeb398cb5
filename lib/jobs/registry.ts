import "server-only";
import { sampleEditsJob } from "@/lib/sample/sample-edits-job";
import { applyJob } from "@/lib/sync/apply-job";
import { importJob } from "@/lib/sync/import-job";
import type { JobDefinition } from "./define-job";

/** Every job type of the product. */
const JOBS: Record<string, JobDefinition> = {
  // Each definition parses its own payload; the registry need not know its type.
  [importJob.name]: importJob as unknown as JobDefinition,
  [applyJob.name]: applyJob as unknown as JobDefinition,
  [sampleEditsJob.name]: sampleEditsJob as unknown as JobDefinition,
};

export function jobDefinition(name: string): JobDefinition | undefined {
  return JOBS[name];
}

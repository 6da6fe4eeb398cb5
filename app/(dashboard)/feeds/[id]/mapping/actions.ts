"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { dryRunInput, requestDryRun } from "@/lib/feeds/mapping/dry-run";
import { restoreMapping, restoreMappingInput, saveMapping, saveMappingInput } from "@/lib/feeds/mapping/mutations";
import { inspectFile, inspectFileInput, previewMapping, previewMappingInput } from "@/lib/feeds/mapping/preview";
import { requestSample, sampleInput } from "@/lib/feeds/mapping/sample-job";
import { takeList, takeListInput } from "@/lib/feeds/mapping/take-list";

export const inspectFileAction = action("sync:read", inspectFileInput, inspectFile);

export const previewMappingAction = action("sync:read", previewMappingInput, previewMapping);

export const saveMappingAction = action("feed:run", saveMappingInput, async (actor, input) => {
  const saved = await saveMapping(actor, input);
  revalidatePath(`/feeds/${input.sourceId}/mapping`);
  return saved;
});

export const restoreMappingAction = action("feed:run", restoreMappingInput, async (actor, input) => {
  const restored = await restoreMapping(actor, input);
  revalidatePath(`/feeds/${input.sourceId}/mapping`);
  return restored;
});

export const takeListAction = action("feed:run", takeListInput, async (actor, input) => {
  const taken = await takeList(actor, input);
  revalidatePath(`/feeds/${input.sourceId}/mapping`);
  return taken;
});

export const requestSampleAction = action("feed:run", sampleInput, requestSample);

export const dryRunMappingAction = action("feed:run", dryRunInput, async (actor, input) => {
  const run = await requestDryRun(actor, input);
  revalidatePath("/", "layout");
  return run;
});

"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { startLegacyImport } from "@/lib/icons/legacy/legacy-job";
import { legacyParameters } from "@/lib/icons/legacy/legacy-parameters";

export const startLegacyImportAction = action("catalog:write", legacyParameters, async (actor, input) => {
  const started = await startLegacyImport(actor, input);
  revalidatePath("/icons/import");
  return started;
});

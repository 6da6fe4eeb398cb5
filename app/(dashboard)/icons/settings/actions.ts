"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { endpointInput, iconSettingsInput, saveIconSettings } from "@/lib/icons/icon-settings";
import { testEndpoint } from "@/lib/icons/test-endpoint";

export const saveIconSettingsAction = action("settings:manage", iconSettingsInput, async (actor, input) => {
  await saveIconSettings(actor, input);
  revalidatePath("/icons", "layout");
  return {};
});

export const testEndpointAction = action("settings:manage", endpointInput, testEndpoint);

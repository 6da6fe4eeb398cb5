"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { iconRequest } from "@/lib/icons/icon-request";
import { planWithSamples } from "@/lib/icons/plan-with-samples";
import { requestIcons } from "@/lib/icons/request-icons";

export const planIconsAction = action("catalog:write", iconRequest, planWithSamples);

export const requestIconsAction = action("catalog:write", iconRequest, async (actor, input) => {
  const { number } = await requestIcons(actor, input);
  revalidatePath("/icons", "layout");
  return { number };
});

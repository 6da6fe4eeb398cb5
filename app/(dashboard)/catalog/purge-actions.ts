"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { countPurge } from "@/lib/purge/count-purge";
import { purgeInput, requestPurge } from "@/lib/purge/request-purge";

export const countPurgeAction = action("data:purge", purgeInput.pick({ selection: true }), countPurge);

export const planPurgeAction = action("data:purge", purgeInput, async (actor, input) => {
  const { number } = await requestPurge(actor, input);
  revalidatePath("/syncs");
  return { number };
});

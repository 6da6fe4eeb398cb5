"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { changePolicies, policiesInput } from "@/lib/feeds/change-policies";

export const changePoliciesAction = action("feed:run", policiesInput, async (actor, input) => {
  const changed = await changePolicies(actor, input);
  revalidatePath(`/feeds/${input.sourceId}/policies`);
  return changed;
});

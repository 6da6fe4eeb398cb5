"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { fetchScope } from "@/lib/images/fetch-scope";
import { requestImagesFetch } from "@/lib/images/request-images-fetch";

export const requestImagesFetchAction = action("catalog:write", fetchScope, async (actor, scope) => {
  const asked = await requestImagesFetch(actor, scope);
  revalidatePath("/catalog/images");
  return asked;
});

"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { fetchScope } from "@/lib/images/fetch-scope";
import { requestLookAlikes } from "@/lib/images/look-alikes";
import { requestImagesFetch } from "@/lib/images/request-images-fetch";

export const requestImagesFetchAction = action("catalog:write", fetchScope, async (actor, scope) => {
  const asked = await requestImagesFetch(actor, scope);
  revalidatePath("/reports/images");
  return asked;
});

export const requestLookAlikesAction = action("catalog:write", z.object({}), (actor) => requestLookAlikes(actor));

"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { getRowToMend, mendInput, mendRow } from "@/lib/sync/retry/mend-row";
import { requestRetry, retryInput } from "@/lib/sync/retry/request-retry";

export const retryRowsAction = action("feed:run", retryInput, async (actor, input) => {
  const { number, rows } = await requestRetry(actor, input);
  revalidatePath("/syncs");
  return { number, rows };
});

export const getRowToMendAction = action("sync:read", z.object({ id: z.number().int() }), (actor, { id }) =>
  getRowToMend(actor, id),
);

export const mendRowAction = action("feed:run", mendInput, async (actor, input) => {
  const mended = await mendRow(actor, input);
  revalidatePath("/syncs");
  return mended;
});

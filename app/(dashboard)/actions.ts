"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { SAMPLE_CONFIRMATION } from "@/lib/sample/confirmation";
import { removeSample } from "@/lib/sample/remove-sample";

export const removeSampleAction = action(
  "data:purge",
  z.object({ confirmation: z.literal(SAMPLE_CONFIRMATION) }),
  async (actor) => {
    const { products } = await removeSample(actor);
    revalidatePath("/", "layout");
    return { products };
  },
);

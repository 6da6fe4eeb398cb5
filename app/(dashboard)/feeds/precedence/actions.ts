"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { precedenceSettings } from "@/lib/feeds/precedence";
import { savePrecedence } from "@/lib/feeds/precedence-settings";

export const savePrecedenceAction = action(
  "feed:run",
  z.object({ from: precedenceSettings, to: precedenceSettings }),
  async (actor, input) => {
    await savePrecedence(actor, input);
    revalidatePath("/feeds/precedence");
    return {};
  },
);

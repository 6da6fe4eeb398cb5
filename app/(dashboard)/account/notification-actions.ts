"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { ownEmailInput } from "@/lib/notifications/channels/channel-input";
import { requestChannelTest, saveOwnEmail } from "@/lib/notifications/channels/mutations";

export const saveOwnEmailAction = action("account:own", ownEmailInput, async (actor, input) => {
  await saveOwnEmail(actor, input);
  revalidatePath("/account");
});

export const testChannelAction = action("account:own", z.object({ channelId: z.uuid() }), async (actor, input) => {
  await requestChannelTest(actor, input);
  revalidatePath("/admin/notifications");
});

"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/action";
import { markAllInput, markAllNotifications, markInput, markNotifications } from "@/lib/notifications/mutations";
import { preferencesInput, savePreferences } from "@/lib/notifications/preferences";

export const markNotificationsAction = action("account:own", markInput, async (actor, input) => {
  await markNotifications(actor, input);
  revalidatePath("/notifications");
});

export const markAllNotificationsAction = action("account:own", markAllInput, async (actor, input) => {
  await markAllNotifications(actor, input);
  revalidatePath("/notifications");
});

export const savePreferencesAction = action("account:own", preferencesInput, async (actor, input) => {
  await savePreferences(actor, input);
  revalidatePath("/account");
});

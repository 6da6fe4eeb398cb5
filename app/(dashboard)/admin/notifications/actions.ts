"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/action";
import { channelChange, channelInput, seenChannel } from "@/lib/notifications/channels/channel-input";
import { mailSettingsChange, mailSettingsInput, saveMailSettings } from "@/lib/notifications/channels/mail-settings";
import {
  changeChannel,
  createChannel,
  deleteChannel,
  renewChannelSecret,
  retryDelivery,
} from "@/lib/notifications/channels/mutations";
import { testMailServer } from "@/lib/notifications/channels/test-mail-server";

const PAGE = "/admin/notifications";

export const createChannelAction = action("settings:manage", channelInput, async (actor, input) => {
  const { secret } = await createChannel(actor, input);
  revalidatePath(PAGE);
  return { secret };
});

export const changeChannelAction = action("settings:manage", channelChange, async (actor, input) => {
  await changeChannel(actor, input);
  revalidatePath(PAGE);
});

export const deleteChannelAction = action("settings:manage", seenChannel, async (actor, input) => {
  await deleteChannel(actor, input);
  revalidatePath(PAGE);
});

export const renewSecretAction = action("settings:manage", seenChannel, async (actor, input) => {
  const renewed = await renewChannelSecret(actor, input);
  revalidatePath(PAGE);
  return renewed;
});

export const retryDeliveryAction = action(
  "settings:manage",
  z.object({ deliveryId: z.int().min(1) }),
  async (actor, input) => {
    await retryDelivery(actor, input);
    revalidatePath(PAGE);
  },
);

export const saveMailServerAction = action("settings:manage", mailSettingsChange, async (actor, input) => {
  await saveMailSettings(actor, input);
  revalidatePath(PAGE);
});

export const testMailServerAction = action("settings:manage", mailSettingsInput, async (actor, input) => {
  await testMailServer(actor, input);
});

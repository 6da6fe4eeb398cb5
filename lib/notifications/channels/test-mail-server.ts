import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { ChannelError } from "./channel-error";
import { type MailSettingsInput, mailServerOf } from "./mail-settings";
import { sendTestMail } from "./send-mail";

/** Sends a test with settings that need not be saved, to whoever asks. @throws {AppError} what the server said */
export async function testMailServer(actor: Actor, settings: MailSettingsInput) {
  assertCan(actor, "settings:manage");
  if (actor.kind !== "user") throw new AppError("forbidden", "Only a person has an e-mail address to send a test to.");
  try {
    await sendTestMail(await mailServerOf(settings), actor.email, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    throw new AppError("invalid_input", error.message, { cause: error });
  }
}

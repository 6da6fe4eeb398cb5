import { z } from "zod";
import { cronSchedule } from "@/lib/jobs/schedules/cron";
import { NOTIFICATION_KIND_NAMES } from "../kinds";

const kinds = z.array(z.enum(NOTIFICATION_KIND_NAMES)).max(NOTIFICATION_KIND_NAMES.length);
const timeZone = z
  .string()
  .trim()
  .max(60)
  .refine((zone) => cronSchedule.safeParse({ cron: "0 0 * * *", timeZone: zone }).success, {
    message: "There is no such time zone. Enter one like America/New_York or Europe/Berlin.",
  });

/** When a channel sends: each at once, or many in one; a daily digest goes out at `hour` of its zone. */
const timing = {
  digest: z.enum(["none", "hourly", "daily"]),
  timeZone: timeZone.default("UTC"),
  hour: z.int().min(0, "An hour is 0 to 23.").max(23, "An hour is 0 to 23.").default(8),
};
export type Timing = { digest: string; timeZone: string; hour: number };

export const emailAddress = z.email("Enter an e-mail address like ops@example.com.").max(254);

const webAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: "Enter an address like https://example.com/hooks/stockroom.",
  })
  .refine((text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""), {
    message: "Leave the password out of the address: calls are signed instead.",
  });

const common = {
  name: z.string().trim().min(1, "Give the channel a name.").max(80, "Use at most 80 characters."),
  /** Empty: all. */
  kinds,
  ...timing,
};

/** A channel of the shop's: it carries everybody's notifications, each once. */
export const channelInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), address: webAddress, ...common }),
  z.object({ kind: z.literal("email"), address: emailAddress, ...common }),
]);
export type ChannelInput = z.output<typeof channelInput>;

export const seenChannel = z.object({ channelId: z.uuid(), version: z.int() });
export const channelChange = seenChannel.extend({ channel: channelInput, isPaused: z.boolean() });

/** One's own e-mail; `version` is null where there is no channel yet. */
export const ownEmailInput = z.object({ isOn: z.boolean(), kinds, ...timing, version: z.int().nullable() });

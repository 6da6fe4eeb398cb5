import { z } from "zod";
import { NOTIFICATION_KIND_NAMES } from "./kinds";

/** The notifications list's URL. `before` and `after` are ids, which are in the order of their making. */
const notificationSearch = z.object({
  show: z.enum(["unread"]).optional().catch(undefined),
  kind: z.enum(NOTIFICATION_KIND_NAMES).optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});
export type NotificationSearch = z.output<typeof notificationSearch>;

export function parseNotificationSearch(params: Record<string, unknown>): NotificationSearch {
  return notificationSearch.parse(params);
}

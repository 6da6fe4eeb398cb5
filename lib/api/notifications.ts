import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { listNotifications } from "@/lib/notifications/queries";
import { endpoint } from "./endpoint";
import { flag, iso, time } from "./fields";

const notificationJson = z
  .object({
    id: z.uuid(),
    kind: z.string().describe("`job.completed`, `job.failed`, `run.review` …"),
    title: z.string(),
    body: z.string(),
    href: z.string().describe("A path of the product."),
    is_read: z.boolean(),
    created_at: time,
  })
  .meta({ id: "Notification" });

export const listNotificationsEndpoint = endpoint({
  method: "get",
  path: "/api/notifications",
  tag: "Jobs",
  summary: "Lists one's own notifications, newest first",
  query: z.object({
    unread: flag("false").describe("Only those that were not read."),
    per_page: z.coerce
      .number("Send a whole number.")
      .int("Send a whole number.")
      .min(1, "Ask for at least one.")
      .max(200, "Ask for at most 200.")
      .default(50),
    cursor: z.uuid("This is no cursor.").optional().describe("The `next_cursor` of the page before."),
  }),
  answer: {
    json: z
      .object({ data: z.array(notificationJson), next_cursor: z.uuid().nullable().describe("Null on the last page.") })
      .meta({ id: "Notifications" }),
  },
});

export async function notificationPage(actor: Actor, query: z.output<typeof listNotificationsEndpoint.query>) {
  const { unread, per_page: size, cursor } = query;
  const { rows, older } = await listNotifications(actor, { size, before: cursor, show: unread ? "unread" : undefined });
  return {
    data: rows.map(({ id, kind, title, body, href, readAt, createdAt }) => {
      return { id, kind, title, body, href, is_read: readAt !== null, created_at: iso(createdAt) };
    }),
    next_cursor: older,
  };
}

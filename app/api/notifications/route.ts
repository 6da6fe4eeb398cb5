import { listNotificationsEndpoint, notificationPage } from "@/lib/api/notifications";
import { route } from "@/lib/route";

export const GET = route({ grant: "account:own", ...listNotificationsEndpoint }, ({ actor, query }) =>
  notificationPage(actor, query),
);

import { deleteScheduleEndpoint, patchSchedule, patchScheduleEndpoint, removeSchedule } from "@/lib/api/schedules";
import { route } from "@/lib/route";

export const PATCH = route({ grant: "job:control", ...patchScheduleEndpoint }, ({ actor, params, body }) =>
  patchSchedule(actor, params.id, body),
);

export const DELETE = route({ grant: "job:control", ...deleteScheduleEndpoint }, ({ actor, params, query }) =>
  removeSchedule(actor, params.id, query),
);

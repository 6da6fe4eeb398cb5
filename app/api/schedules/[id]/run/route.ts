import { runSchedule, runScheduleEndpoint } from "@/lib/api/schedules";
import { route } from "@/lib/route";

export const POST = route({ grant: "job:control", ...runScheduleEndpoint }, ({ actor, params }) =>
  runSchedule(actor, params.id),
);

import { listSchedulesEndpoint, postSchedule, postScheduleEndpoint, schedulePage } from "@/lib/api/schedules";
import { route } from "@/lib/route";

export const GET = route({ grant: "job:read", ...listSchedulesEndpoint }, ({ actor }) => schedulePage(actor));

export const POST = route({ grant: "job:control", ...postScheduleEndpoint }, async ({ actor, body }) =>
  Response.json(await postSchedule(actor, body), { status: 201 }),
);

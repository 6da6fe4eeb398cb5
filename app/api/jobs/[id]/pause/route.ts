import { pauseJobEndpoint, steerJob } from "@/lib/api/job-requests";
import { route } from "@/lib/route";

export const POST = route({ grant: "job:control", ...pauseJobEndpoint }, ({ actor, params }) => {
  return steerJob(actor, "pause", params.id);
});

import { resumeJobEndpoint, steerJob } from "@/lib/api/job-requests";
import { route } from "@/lib/route";

export const POST = route({ grant: "job:control", ...resumeJobEndpoint }, ({ actor, params }) => {
  return steerJob(actor, "resume", params.id);
});

import { cancelJobEndpoint, steerJob } from "@/lib/api/job-requests";
import { route } from "@/lib/route";

export const POST = route({ grant: "job:control", ...cancelJobEndpoint }, ({ actor, params }) => {
  return steerJob(actor, "cancel", params.id);
});

import { retryJobEndpoint, steerJob } from "@/lib/api/job-requests";
import { route } from "@/lib/route";

export const POST = route({ grant: "job:control", ...retryJobEndpoint }, ({ actor, params }) => {
  return steerJob(actor, "retry", params.id);
});

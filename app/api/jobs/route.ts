import { askJob, jobList, listJobsEndpoint, postJobEndpoint } from "@/lib/api/job-requests";
import { route } from "@/lib/route";

export const GET = route({ grant: "job:read", ...listJobsEndpoint }, ({ actor, query }) => jobList(actor, query));

export const POST = route({ grant: "job:read", ...postJobEndpoint }, async ({ actor, body }) => {
  return Response.json(await askJob(actor, body), { status: postJobEndpoint.answer.status });
});

import { getJobLinesEndpoint, jobLines } from "@/lib/api/jobs";
import { route } from "@/lib/route";

export const GET = route({ grant: "job:read", ...getJobLinesEndpoint }, ({ actor, params: { id }, query }) =>
  jobLines(actor, id, query),
);

import { getJobEndpoint, jobDetail } from "@/lib/api/jobs";
import { route } from "@/lib/route";

export const GET = route({ grant: "job:read", ...getJobEndpoint }, ({ actor, params: { id } }) => jobDetail(actor, id));

import { jobTypes, listJobTypesEndpoint } from "@/lib/api/job-types";
import { route } from "@/lib/route";

export const GET = route({ grant: "job:read", ...listJobTypesEndpoint }, ({ actor }) => jobTypes(actor));

import { getJobLogEndpoint } from "@/lib/api/jobs";
import { AppError } from "@/lib/errors";
import { getJob } from "@/lib/jobs/get-job";
import { jobLogText } from "@/lib/jobs/log-text";
import { route } from "@/lib/route";

/** A job's whole log as a file. */
export const GET = route({ grant: "job:read", ...getJobLogEndpoint }, async ({ actor, params }) => {
  const job = await getJob(actor, params.id);
  if (!job) throw new AppError("not_found", "There is no such job.");
  return new Response(jobLogText(actor, params.id), {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="job-${job.id}.log"`,
      "Cache-Control": "no-store",
    },
  });
});

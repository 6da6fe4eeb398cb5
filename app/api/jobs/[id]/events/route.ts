import { getJobEventsEndpoint } from "@/lib/api/jobs";
import { AppError } from "@/lib/errors";
import { jobEvents } from "@/lib/jobs/job-events";
import { getJob } from "@/lib/jobs/queries";
import { route } from "@/lib/route";

/** A job's progress as server-sent events, until it ends or the stream's minute is over. */
export const GET = route({ grant: "job:read", ...getJobEventsEndpoint }, async ({ actor, params, request }) => {
  const job = await getJob(actor, params.id);
  if (!job) throw new AppError("not_found", "There is no such job.");
  return new Response(jobEvents(actor, params.id, request.signal), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      // Proxies in front must not hold lines back.
      "X-Accel-Buffering": "no",
    },
  });
});

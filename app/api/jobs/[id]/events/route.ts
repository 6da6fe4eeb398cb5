import { getJobEventsEndpoint } from "@/lib/api/jobs";
import { AppError } from "@/lib/errors";
import { getJob } from "@/lib/jobs/get-job";
import { jobEvents } from "@/lib/jobs/job-events";
import { route } from "@/lib/route";

/** A job's progress and log as server-sent events, until it ends or the stream's minute is over. */
export const GET = route({ grant: "job:read", ...getJobEventsEndpoint }, async ({ actor, params, query, request }) => {
  const job = await getJob(actor, params.id);
  if (!job) throw new AppError("not_found", "There is no such job.");
  // The browser's own word for where it was cut off.
  const heard = Number.parseInt(request.headers.get("last-event-id") ?? "", 10);
  const after = heard >= 0 && heard < 2 ** 31 ? heard : query.after;
  return new Response(jobEvents(actor, params.id, { after, signal: request.signal }), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      // Proxies in front must not hold lines back.
      "X-Accel-Buffering": "no",
    },
  });
});

import { SYSTEM } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { getJob, type JobDetail } from "@/lib/jobs/get-job";
import { waitFor } from "./wait-for";

/** Shows progress until a job has ended, or waits for a person, or somebody pressed Ctrl-C. */
export function waitForJob(jobId: string): Promise<JobDetail> {
  const look = async () => {
    const job = await getJob(SYSTEM, jobId);
    if (!job) throw new AppError("not_found", `There is no job ${jobId}.`);
    return job;
  };
  return waitFor(
    look,
    // One that lost its worker is taken up again, here if nowhere else.
    (job) => ({ isOpen: ["pending", "running", "lost"].includes(job.status), jobId: job.id, job }),
  );
}

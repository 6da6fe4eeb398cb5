import type { WriteStream } from "node:tty";
import { formatCount, formatDuration } from "@/lib/format";
import type { JobFacts } from "@/lib/jobs/job-state";
import { secondsLeft } from "@/lib/jobs/progress";

/** Where nobody watches, a line appears this often within a stage, in milliseconds. */
const QUIET_EVERY_MS = 10_000;

/** A job's progress on stderr: one line that changes in a terminal, now and then a new one elsewhere. */
export class ProgressLine {
  readonly #out: WriteStream | NodeJS.WriteStream;
  #lastText = "";
  #lastStage = "";
  #lastWrite = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  show(job: Pick<JobFacts, "status" | "stageProgress">) {
    const text = progressText(job);
    if (text === this.#lastText) return;
    if (this.#out.isTTY) {
      this.#out.write(`\r\x1b[2K${text.slice(0, (this.#out.columns ?? 80) - 1)}`);
    } else {
      const stage = job.stageProgress?.stage ?? job.status;
      const isDue = stage !== this.#lastStage || Date.now() - this.#lastWrite > QUIET_EVERY_MS;
      if (!isDue) return;
      this.#out.write(`${text}\n`);
      this.#lastStage = stage;
      this.#lastWrite = Date.now();
    }
    this.#lastText = text;
  }

  /** Clears the line, so that the outcome begins on its own. */
  end() {
    if (this.#out.isTTY && this.#lastText) this.#out.write("\r\x1b[2K");
  }
}

/** "Reading products: 12,000 of 14,700 products, 8,100/s, 1 s left" */
export function progressText({ status, stageProgress }: Pick<JobFacts, "status" | "stageProgress">): string {
  if (status === "pending") return "Waiting for its turn";
  if (!stageProgress) return "Starting";
  const { stage, done, total, unit, ratePerSecond } = stageProgress;
  const left = secondsLeft(stageProgress);
  return [
    `${stage}: ${formatCount(done)}${total === null ? "" : ` of ${formatCount(total)}`} ${unit}`,
    ...(ratePerSecond ? [`${formatCount(Math.round(ratePerSecond))}/s`] : []),
    ...(left === null ? [] : [`${formatDuration(left)} left`]),
  ].join(", ");
}

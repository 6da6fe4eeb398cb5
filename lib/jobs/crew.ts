import "server-only";
import { hasWaitingJob } from "@/lib/db/waiting-job";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { type ClaimedJob, claimJob } from "./claim";
import { isHeldUp } from "./held-up";
import { jobDefinitions } from "./registry";
import { runJob } from "./run-job";
import { Slots } from "./slots";

/** Between two looks at the queue, in milliseconds; what a look costs is waited for twenty times over, up to a second. */
const LOOK_MS = 100;
const LOOK_SHARE = 20;
const SELDOM_MS = 1_000;
/** After a claim that brought nothing, though jobs wait: what they wait for is seldom over soon, in milliseconds. */
const IN_VAIN_MS = 500;
/** After the database or the disk let a job not even be ended, in milliseconds. */
const HELD_UP_MS = 5_000;

/** The jobs that one worker works on side by side. */
export class Crew {
  readonly slots = new Slots(env().STOCKROOM_WORKER_SLOTS, jobDefinitions);
  hasWorked = false;
  readonly #stop = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;
  #waitUntil = 0;
  #lookMs = 0;
  #isWoken = false;
  /** The job that runs may have taken its worker down with it before: it takes nothing else along this time. */
  #isAlone = false;
  #wake: () => void = () => undefined;

  constructor(
    private readonly workerId: string,
    private readonly signal: AbortSignal,
    private readonly only?: string,
  ) {
    signal.addEventListener("abort", this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
  }

  get isOver() {
    return this.#stop.signal.aborted;
  }

  /** Takes from the queue what there is room for. */
  async startJobs() {
    while (!this.isOver && !(this.only && this.hasWorked) && performance.now() >= this.#waitUntil) {
      if (this.#isAlone) return;
      const room = { only: this.only, without: this.slots.full(), isShared: !this.slots.isEmpty };
      const began = performance.now();
      const waits = await hasWaitingJob(room);
      this.#lookMs = performance.now() - began;
      if (!waits) return;
      const job = await claimJob(this.workerId, room);
      if (!job) {
        this.#waitUntil = performance.now() + IN_VAIN_MS;
        return;
      }
      this.#begin(job);
    }
  }

  /** Until the next look at the queue: at once when a job ends. */
  async rest() {
    if (this.#isWoken || this.isOver) {
      this.#isWoken = false;
      return;
    }
    const pause = Math.min(SELDOM_MS, Math.max(LOOK_MS, LOOK_SHARE * this.#lookMs));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#isWoken = false;
  }

  /** Has the running jobs stop at their next batch, and waits for them. */
  async end() {
    this.#onAbort();
    this.signal.removeEventListener("abort", this.#onAbort);
    await Promise.all(this.#work);
  }

  throwFailure() {
    if (this.#failure) throw this.#failure.error;
  }

  #begin(job: ClaimedJob) {
    this.hasWorked = true;
    this.#isAlone = job.runsAlone;
    this.slots.take(job);
    const work = runJob(job, this.#stop.signal, !this.only)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.slots.release(job.id);
        if (job.runsAlone) this.#isAlone = false;
        this.#work.delete(work);
        this.#wakeUp();
      });
    this.#work.add(work);
  }

  #fail(error: unknown) {
    if (!this.only && isHeldUp(error)) {
      log.error("worker.held-up", error, { workerId: this.workerId });
      this.#waitUntil = performance.now() + HELD_UP_MS;
      return;
    }
    this.#failure ??= { error };
    this.#onAbort();
  }

  readonly #onAbort = () => {
    this.#stop.abort();
    this.#wakeUp();
  };

  #wakeUp() {
    // A job's end may be what others waited for; a held-up worker waits on.
    if (this.#waitUntil - performance.now() <= IN_VAIN_MS) this.#waitUntil = 0;
    this.#isWoken = true;
    this.#wake();
  }
}

import "server-only";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { dueSingle } from "./claim-batches";
import { deliverDue } from "./deliver";

/** A worker's part in sending: beside its jobs, one look at a time, so that a slow receiver holds nothing up. */
export class Deliverer {
  readonly #stop = new AbortController();
  #work: Promise<void> | null = null;

  /** Sends what is due, unless it is at that already. */
  look = async () => {
    if (this.#work || !(await hasDue())) return;
    this.#work = this.#deliver().finally(() => {
      this.#work = null;
    });
  };

  /** Breaks off what is on its way: the next worker sends it. */
  async end() {
    this.#stop.abort();
    await this.#work;
  }

  async #deliver() {
    try {
      while (!this.#stop.signal.aborted && (await deliverDue(this.#stop.signal)) > 0);
    } catch (error) {
      // The database is busy, or the disk full: what was taken is free again when its lease is over.
      log.error("delivery.held-up", error);
    }
  }
}

async function hasDue() {
  const now = new Date();
  const [waiting, digest] = await Promise.all([
    db.notificationDelivery.findFirst({ where: dueSingle(now), select: { id: true } }),
    db.notificationChannel.findFirst({
      where: { nextDigestAt: { lte: now }, isPaused: false },
      select: { id: true },
    }),
  ]);
  return waiting !== null || digest !== null;
}

import "server-only";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { dueDigest, dueSingle } from "./claim-batches";
import { beginDue } from "./deliver";

/**
 * A worker's part in sending, beside its jobs: a channel is given more only when what it has is over, so that a slow
 * receiver holds up neither the jobs nor the other channels.
 */
export class Deliverer {
  readonly #stop = new AbortController();
  readonly #busy = new Map<string, Promise<void>>();

  /** Begins to send what is due through channels that are not at it already. */
  look = async () => {
    if (!(await hasDue([...this.#busy.keys()]))) return;
    try {
      for (;;) {
        const sendings = await beginDue(this.#stop.signal, { busy: [...this.#busy.keys()] });
        if (sendings.length === 0) return;
        for (const { channelId, work } of sendings) this.#busy.set(channelId, this.#settled(channelId, work));
      }
    } catch (error) {
      heldUp(error);
    }
  };

  /** Breaks off what is on its way: the next worker sends it. */
  async end() {
    this.#stop.abort();
    await Promise.all(this.#busy.values());
  }

  async #settled(channelId: string, work: Promise<unknown>) {
    await work.catch(heldUp);
    this.#busy.delete(channelId);
  }
}

/** The database is busy, or the disk full: what was taken is free again when its lease is over. */
function heldUp(error: unknown) {
  log.error("delivery.held-up", error);
}

async function hasDue(busy: readonly string[]) {
  const now = new Date();
  const [waiting, digest] = await Promise.all([
    db.notificationDelivery.findFirst({ where: dueSingle(now, busy), select: { id: true } }),
    db.notificationChannel.findFirst({ where: dueDigest(now, busy), select: { id: true } }),
  ]);
  return waiting !== null || digest !== null;
}

/** A running job whose holder was silent this long is taken from it, in milliseconds. */
export const LEASE_MS = 30_000;
/** The two clocks of a machine drift apart by less than this between two looks, in milliseconds. */
const DRIFT_MS = 2_000;

/** A heartbeat, and since when it has been seen to stand still. */
interface Seen {
  heartbeat: number;
  fence: number;
  since: number;
}

interface HeldJob {
  id: string;
  fence: number;
  heartbeatAt: Date | null;
  /** Its own lease, in milliseconds; absent: LEASE_MS. */
  leaseMs?: number;
}

/**
 * Tells whose worker has been silent for the length of the lease. The time of day may be set while jobs run, so it is
 * believed only while it goes with a clock that nobody sets; a heartbeat seen to stand still that long is silence
 * whatever the time of day.
 */
export class LeaseWatch {
  #seen = new Map<string, Seen>();
  #apart: number | null = null;
  #setAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly timeOfDay = () => Date.now(),
    private readonly steadyTime = () => performance.now(),
  ) {}

  /** Those of the running jobs that are silent; to be asked again and again with all of them. */
  silentOf(running: HeldJob[]): Set<string> {
    const [now, steady] = [this.timeOfDay(), this.steadyTime()];
    if (this.#apart !== null && Math.abs(now - steady - this.#apart) > DRIFT_MS) this.#setAt = steady;
    this.#apart = now - steady;
    const seen = new Map<string, Seen>();
    const silent = new Set<string>();
    for (const { id, fence, heartbeatAt, leaseMs = LEASE_MS } of running) {
      const heartbeat = heartbeatAt?.getTime() ?? 0;
      const before = this.#seen.get(id);
      const isSame = before?.heartbeat === heartbeat && before.fence === fence;
      const since = isSame ? before.since : steady;
      seen.set(id, { heartbeat, fence, since });
      const isTimeBelieved = steady - this.#setAt > leaseMs;
      const hasBeaten = before !== undefined && !isSame;
      const isOld = isTimeBelieved && !hasBeaten && heartbeat < now - leaseMs;
      if (isOld || steady - since > leaseMs) silent.add(id);
    }
    this.#seen = seen;
    return silent;
  }
}

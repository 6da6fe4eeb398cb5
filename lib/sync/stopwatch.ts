/** What a run's time goes to, in the order of a feed's way: the names stand on the timeline. */
export type Phase = "read" | "look up" | "match" | "compare" | "write" | "search" | "commit";

/** Tells what a stage's time went to. One phase is on at a time: one within another interrupts it. */
export class Stopwatch {
  readonly #spent = new Map<Phase, number>();
  #phase: Phase;
  #since = performance.now();

  /** @param phase what goes on outside of any other */
  constructor(phase: Phase) {
    this.#phase = phase;
  }

  async during<T>(phase: Phase, work: () => Promise<T>): Promise<T> {
    const outer = this.#phase;
    this.#turn(phase);
    try {
      return await work();
    } finally {
      this.#turn(outer);
    }
  }

  /** Milliseconds per phase so far. */
  spent(): Record<string, number> {
    this.#turn(this.#phase);
    return Object.fromEntries([...this.#spent].map(([phase, spent]) => [phase, Math.round(spent)]));
  }

  #turn(next: Phase) {
    const now = performance.now();
    this.#spent.set(this.#phase, (this.#spent.get(this.#phase) ?? 0) + now - this.#since);
    this.#phase = next;
    this.#since = now;
  }
}

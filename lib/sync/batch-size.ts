/** How long one write transaction may hold others up, in milliseconds: a person's save waits for at most two of them. */
const LONG_MS = 400;
/** Below this a batch may grow again. */
const SHORT_MS = 150;
const SMALLEST = 50;

/**
 * How many rows to write in one transaction: as many as the machine manages in a moment that nobody notices. A busy or
 * slow one gets smaller batches, so that a person's save never waits a second, and larger ones again when it can.
 */
export class BatchSize {
  #rows: number;

  constructor(private readonly largest: number) {
    this.#rows = largest;
  }

  get rows() {
    return this.#rows;
  }

  /** Learns from a transaction that wrote `rows` in so many milliseconds. */
  learn(rows: number, milliseconds: number) {
    if (milliseconds > LONG_MS) {
      const fitting = Math.floor((rows * LONG_MS) / milliseconds);
      const smallest = Math.min(SMALLEST, this.largest);
      this.#rows = Math.max(smallest, Math.min(fitting, Math.ceil(this.#rows / 2)));
    } else if (milliseconds < SHORT_MS && rows >= this.#rows) {
      this.#rows = Math.min(this.largest, this.#rows * 2);
    }
  }
}

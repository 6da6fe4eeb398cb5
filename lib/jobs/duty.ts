/** Something a worker does again and again, so long after it last did; where that is never, once it has come through. */
export class Duty {
  #last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
  ) {}

  async whenDue() {
    if (performance.now() - this.#last < this.everyMs) return;
    await this.work();
    this.#last = performance.now();
  }
}

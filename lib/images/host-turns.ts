/** Lets so many at once through for each host: no supplier's server is asked by all of a job's hands. */
export class HostTurns {
  readonly #perHost: number;
  readonly #busy = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(perHost: number) {
    this.#perHost = perHost;
  }

  async during<T>(host: string, work: () => Promise<T>): Promise<T> {
    const busy = this.#busy.get(host) ?? 0;
    if (busy < this.#perHost) this.#busy.set(host, busy + 1);
    else await new Promise<void>((resolve) => this.#waiting.set(host, [...(this.#waiting.get(host) ?? []), resolve]));
    try {
      return await work();
    } finally {
      this.#passOn(host);
    }
  }

  #passOn(host: string) {
    const [next, ...others] = this.#waiting.get(host) ?? [];
    this.#waiting.set(host, others);
    if (next) next();
    else this.#busy.set(host, (this.#busy.get(host) ?? 1) - 1);
  }
}

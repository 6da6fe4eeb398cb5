import type { Job } from "@/prisma/generated/sqlite/client";

interface SlotType {
  name: string;
  exclusive: string | null;
  concurrency: number;
}

/** What a worker is at work on: one job that writes the catalogue, and so many others beside it. */
export class Slots {
  readonly #jobs = new Map<string, string>();

  constructor(
    private readonly others: number,
    private readonly types: () => readonly SlotType[],
  ) {}

  get isEmpty() {
    return this.#jobs.size === 0;
  }

  has(jobId: string) {
    return this.#jobs.has(jobId);
  }

  take({ id, jobType }: Pick<Job, "id" | "jobType">) {
    this.#jobs.set(id, jobType);
  }

  release(jobId: string) {
    this.#jobs.delete(jobId);
  }

  /** Types of which this worker can take no more. */
  full(): string[] {
    if (this.isEmpty) return [];
    const counts = new Map<string, number>();
    for (const name of this.#jobs.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const types = this.types();
    const heavy = new Set(types.flatMap(({ name, exclusive }) => (exclusive === null ? [] : name)));
    const light = [...this.#jobs.values()].filter((name) => !heavy.has(name)).length;
    const isWriting = light < this.#jobs.size;
    return types
      .filter(({ name, concurrency }) => {
        return (counts.get(name) ?? 0) >= concurrency || (heavy.has(name) ? isWriting : light >= this.others);
      })
      .map(({ name }) => name);
  }
}

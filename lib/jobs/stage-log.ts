import "server-only";
import { upsertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import type { JobProgress } from "./progress";

/** Stages kept of a job: one that names each of a thousand files has a timeline nobody reads. */
const MOST_STAGES = 200;
/** What the last of them is called when more came. */
const REST = "Later stages";
/** The largest number a stage's row holds: bytes may be more. */
const MOST_COUNTED = 2_147_483_647;

interface Stage {
  /** Null until the first write has found the next free one. */
  ordinal: number | null;
  name: string;
  startedAt: Date;
  endedAt: Date | null;
  done: number;
  total: number | null;
  unit: string;
}

/** A try's stages on their way into the timeline: told as often as the work likes, written with its next report. */
export class StageLog {
  /** Not written as they are by now, the present one last. */
  #changed: Stage[] = [];
  #present: Stage | undefined;
  #last: number | undefined;

  constructor(
    private readonly jobId: string,
    private readonly attempt: number,
  ) {}

  /** Whether a stage that comes now still has a row of its own. */
  get hasRoom() {
    return this.#last === undefined || this.#last + this.#changed.length < MOST_STAGES;
  }

  tell({ stage, done, total, unit }: Pick<JobProgress, "stage" | "done" | "total" | "unit">, at: Date) {
    if (this.#present?.name !== stage) {
      if (this.#present) {
        this.#present.endedAt = at;
        this.#touch(this.#present);
      }
      this.#present = { ordinal: null, name: stage, startedAt: at, endedAt: null, done, total, unit };
    }
    Object.assign(this.#present, { done, total, unit });
    this.#touch(this.#present);
  }

  /** Writes what changed; once the transaction is through, `settle` forgets it. */
  async write(tx: Tx): Promise<() => void> {
    if (this.#changed.length === 0) return () => undefined;
    this.#last ??= await lastOrdinal(tx, this.jobId);
    const rows = new Map<number, Record<string, string | number | Date | null>>();
    let last = this.#last;
    const stages = this.#changed.map((stage) => ({ stage, ...stage }));
    for (const entry of stages) {
      entry.ordinal ??= Math.min(++last, MOST_STAGES);
      const isRest = last > MOST_STAGES && entry.ordinal === MOST_STAGES;
      rows.set(entry.ordinal, {
        jobId: this.jobId,
        ordinal: entry.ordinal,
        attempt: this.attempt,
        name: isRest ? REST : entry.name,
        startedAt: rows.get(entry.ordinal)?.startedAt ?? entry.startedAt,
        endedAt: entry.endedAt,
        done: counted(entry.done),
        total: entry.total === null ? null : counted(entry.total),
        unit: entry.unit,
      });
    }
    await upsertRows(
      tx,
      "JobStage",
      ["jobId", "ordinal"],
      ["name", "endedAt", "done", "total", "unit"],
      [...rows.values()],
    );
    return () => {
      this.#last = last;
      for (const { stage, ordinal, endedAt, done } of stages) {
        stage.ordinal = ordinal;
        if (stage.endedAt === endedAt && stage.done === done)
          this.#changed = this.#changed.filter((one) => one !== stage);
      }
    };
  }

  #touch(stage: Stage) {
    if (!this.#changed.includes(stage)) this.#changed.push(stage);
  }
}

function counted(value: number) {
  return Math.min(Math.max(0, Math.round(value)), MOST_COUNTED);
}

async function lastOrdinal(tx: Tx, jobId: string) {
  const last = await tx.jobStage.aggregate({ where: { jobId }, _max: { ordinal: true } });
  return last._max.ordinal ?? 0;
}

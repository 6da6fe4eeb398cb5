import "server-only";
import { type BulkRow, insertRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { type ChangeRow, insertChanges } from "@/lib/db/sync-changes";
import type { FeedRejection } from "@/lib/feeds/feed-record";
import type { JobContext } from "@/lib/jobs/define-job";
import type { Stopwatch } from "./stopwatch";

/** Rows written in one transaction. */
const BATCH = 1_000;
/** Longest original text kept with a refused row, in characters. */
const RAW_LENGTH = 1_000_000;

/** The changes and refused rows that staging found, on their way into the database. */
export class StagedRows {
  /** JSON bytes of the changes written. */
  changeBytes = 0;
  #changes: ChangeRow[] = [];
  #rejections: BulkRow[] = [];

  constructor(
    private readonly runId: string,
    private readonly context: JobContext,
    private readonly watch: Stopwatch,
  ) {}

  get isFull() {
    return this.#changes.length + this.#rejections.length >= BATCH;
  }

  add(change: ChangeRow) {
    this.#changes.push(change);
  }

  refuse(rejection: FeedRejection) {
    this.#rejections.push(rejectionRow(this.runId, rejection));
  }

  /** Writes what there is; `also` in the same transaction. Writes nothing where there is nothing. */
  async write(also?: (tx: Tx) => Promise<unknown>) {
    const changes = this.#changes;
    const rejections = this.#rejections;
    this.#changes = [];
    this.#rejections = [];
    if (changes.length === 0 && rejections.length === 0) return;
    const write = async (tx: Tx) => {
      await this.context.assertHeld(tx);
      this.changeBytes += await insertChanges(tx, changes);
      await insertRows(tx, "SyncRejection", rejections);
      await also?.(tx);
    };
    await this.watch.during("commit", () => transaction((tx) => this.watch.during("write", () => write(tx))));
  }
}

function rejectionRow(runId: string, rejection: FeedRejection): BulkRow {
  return {
    runId,
    severity: rejection.severity,
    file: rejection.at.file,
    line: rejection.at.line,
    column: rejection.column ?? null,
    code: rejection.code,
    reason: rejection.reason,
    externalKey: rejection.key ?? null,
    // PostgreSQL's text can't hold NUL; the archived file still does.
    raw: rejection.raw.slice(0, RAW_LENGTH).replaceAll("\0", "\uFFFD"),
    createdAt: new Date(),
  };
}

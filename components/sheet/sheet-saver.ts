import type { FieldValue } from "@/lib/catalog/product-fields";
import type { SheetWindow } from "@/lib/sheet/list-sheet-rows";
import type { SheetBook } from "@/lib/sheet/sheet-book";
import { type CellEdit, type CellOutcome, MOST_AT_ONCE } from "@/lib/sheet/sheet-input";
import type { StartedSheetRun } from "@/lib/sheet/start-sheet-run";
import { postSheet, Refused } from "./post-sheet";

/** After the last key, in milliseconds: what is typed in one go is one request. */
const PAUSE_MS = 400;
/** Tries after a failure that may pass by itself. */
const RETRY_MS = [3_000, 10_000, 30_000, 60_000];
const POLL_MS = 1_000;
/** Letters in one request; its body may have a megabyte. */
const MOST_LETTERS = 500_000;
/** Cells of one run. */
const MOST_CELLS = 50_000;
const IDS_AT_ONCE = 1_000;

interface SaverState {
  /** Why the last save failed; null while all is well. */
  failure: { code: string; message: string } | null;
  /** The run that writes a large paste. */
  run: { number: number; done: number; total: number } | null;
}

/** Sends what is typed as it is typed, one request at a time, and tries again what did not get through. */
export class SheetSaver {
  readonly #book: SheetBook;
  readonly #listeners = new Set<() => void>();
  #state: SaverState = { failure: null, run: null };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #sending: Promise<void> | null = null;

  constructor(book: SheetBook) {
    this.#book = book;
  }

  get state() {
    return this.#state;
  }

  subscribe(listener: () => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Tries at once what failed, and what waits. */
  retry() {
    this.#book.retry();
    return this.flush();
  }

  /** Whoever comes back, to the net or to the tab, need not ask for it. */
  retryIfFailed() {
    const { failure } = this.#state;
    if (failure && failure.code !== "forbidden") void this.retry();
  }

  /** Sends all that waits. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#sending) await this.#sending;
    // What failed before goes along, or it would wait though the way is free again.
    if (this.#state.failure && this.#state.failure.code !== "forbidden") this.#book.retry();
    const cells = this.#book.takePending(MOST_CELLS);
    if (cells.length === 0) return;
    this.#sending = this.#send(cells).finally(() => {
      this.#sending = null;
    });
    await this.#sending;
    if (!this.#state.failure && this.#book.counts().pending > 0) await this.flush();
  }

  async #send(cells: CellEdit[]) {
    try {
      if (isLarge(cells)) await this.#sendRun(cells);
      else this.#book.settle(cells, await postSheet<CellOutcome[]>("/api/sheet/cells", { cells }));
      this.#failures = 0;
      this.#tell({ failure: null, run: null });
    } catch (error) {
      this.#failed(cells, error);
    }
  }

  /** Whatever stood against it, the cells stay: with a refusal's own words, or as out of reach. */
  #failed(cells: CellEdit[], error: unknown) {
    const isTold = error instanceof Refused;
    const code = isTold ? error.code : "unreachable";
    const message = isTold ? error.message : "The server can't be reached. What you typed is kept here.";
    this.#book.fail(cells, message);
    this.#tell({ failure: { code, message }, run: null });
    if (code === "forbidden" || code === "unauthenticated" || code === "invalid_input") return;
    const wait = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retryIfFailed(), wait);
  }

  async #sendRun(cells: CellEdit[]) {
    const { run, outcomes } = await postSheet<StartedSheetRun>("/api/sheet/runs", { cells });
    this.#book.settle(cells, outcomes);
    if (!run) return;
    const queued = cells.flatMap((cell, at) => {
      const outcome = outcomes[at];
      return outcome?.outcome === "queued" ? [{ cell, value: outcome.value }] : [];
    });
    const total = new Set(queued.map(({ cell }) => cell.id)).size;
    this.#tell({ failure: null, run: { number: run.number, done: 0, total } });
    await this.#await(run, total);
    const present = await this.#readBack(queued.map(({ cell }) => cell.id));
    this.#book.settleRun(queued, present, `Run ${run.number} did not write this. Its page says why.`);
  }

  async #await({ id, number }: { id: string; number: number }, total: number) {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      // The run goes on whether or not one can look at it.
      const answer = await fetch(`/api/sync-logs/${id}`).catch(() => null);
      if (!answer?.ok) continue;
      const run: { status: string; processed: number } = await answer.json();
      this.#tell({ failure: null, run: { number, done: Math.min(run.processed, total), total } });
      if (run.status !== "running" && run.status !== "pending") return;
    }
  }

  /** What the products hold now: the only proof that something was written. */
  async #readBack(ids: string[]) {
    const columns = this.#book.columns.map((column) => column.id);
    const found = new Map<string, Record<string, FieldValue>>();
    const unique = [...new Set(ids)];
    for (let at = 0; at < unique.length; at += IDS_AT_ONCE) {
      const part = unique.slice(at, at + IDS_AT_ONCE);
      const { rows, categories } = await postSheet<SheetWindow>("/api/sheet/rows", { ids: part, columns });
      for (const row of rows) found.set(row.id, row.cells);
      this.#book.refresh(rows, categories);
    }
    return ({ id, column }: { id: string; column: string }) => found.get(id)?.[column] ?? null;
  }

  #tell(state: SaverState) {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function isLarge(cells: CellEdit[]) {
  const letters = cells.reduce((sum, { typed, from }) => sum + typed.length + String(from ?? "").length + 120, 0);
  return letters > MOST_LETTERS || new Set(cells.map(({ id }) => id)).size > MOST_AT_ONCE;
}

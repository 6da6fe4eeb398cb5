import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { CsvLimits } from "./csv-reader";
import type { CsvRecord, CsvShape } from "./csv-record";
import type { SourceFile } from "./source-files";

/** What the thread (csv-thread.ts) is given to read. */
export interface CsvThreadTask {
  file: Pick<SourceFile, "path" | "textStart" | "textEncoding">;
  dialect: CsvShape;
  limits: CsvLimits;
}

/** Its heap: some batches, and one row as long as rows may be. */
const RESOURCES = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8 };

/** The records of a file, read by a thread that is a few batches ahead of who takes them. */
export async function* batchesFromThread(
  thread: URL,
  { path, textStart, textEncoding }: SourceFile,
  dialect: CsvShape,
  limits: CsvLimits,
  signal?: AbortSignal,
): AsyncGenerator<CsvRecord[]> {
  const workerData: CsvThreadTask = { file: { path, textStart, textEncoding }, dialect, limits };
  // Not written as `new Worker(…)`: a bundler takes its first argument for a file of the project.
  const worker: Worker = Reflect.construct(Worker, [thread, { workerData, execArgv: [], resourceLimits: RESOURCES }]);
  try {
    for await (const [records] of on(worker, "message", { close: ["exit"], signal })) {
      if (records === null) return;
      worker.postMessage("taken");
      yield records;
    }
    throw new Error("The thread that reads the file ended before the file did.");
  } catch (error) {
    // As whoever stopped it has it, not as an AbortError about that.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await worker.terminate();
  }
}

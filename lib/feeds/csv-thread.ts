// Reads one file's records beside those who ask for them (csv-thread-batches.ts): half of an import's time is this.
import { on } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { readCsv } from "./csv";
import type { CsvThreadTask } from "./csv-thread-batches";
import { byteTextDecoder } from "./encoding";

/** Batches that may lie untaken: each is of a quarter of a megabyte of the file. */
const AHEAD = 2;

if (parentPort) {
  const { file, dialect, limits }: CsvThreadTask = workerData;
  const taken = on(parentPort, "message");
  let untaken = 0;
  for await (const records of readCsv({ ...file, decode: byteTextDecoder(file.textEncoding) }, dialect, limits)) {
    parentPort.postMessage(records);
    untaken++;
    if (untaken < AHEAD) continue;
    await taken.next();
    untaken--;
  }
  parentPort.postMessage(null);
  parentPort.close();
}

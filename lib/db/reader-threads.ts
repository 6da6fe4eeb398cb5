import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

type Stored = string | number | bigint | null;
interface Question {
  sql: string;
  parameters: Stored[];
  isReport: boolean;
  answer: (rows: unknown[]) => void;
  fail: (error: Error) => void;
}
interface Answer {
  rows?: unknown[];
  error?: { message: string; code?: string };
}

/** Long questions asked at once, reports one by one: what people list never waits for two of them. Others wait. */
const THREADS = 2;

/** Runs in each thread. As text, since the bundles of the web and of the command line have no file of it to load. */
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const Database = require(workerData.driver);
const database = new Database(workerData.file, { fileMustExist: true, timeout: 5000 });
database.pragma("query_only = ON");
database.pragma("cache_size = -16384");
database.pragma("temp_store = MEMORY");
const statements = new Map();
parentPort.on("message", ({ sql, parameters }) => {
  try {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      if (statements.size >= 100) statements.clear();
      statements.set(sql, statement);
    }
    parentPort.postMessage({ rows: statement.all(parameters) });
  } catch (error) {
    parentPort.postMessage({ error: { message: error.message, code: error.code } });
  }
});
`;

/** Threads that read one SQLite file, each on a connection of its own that can't write. */
export class ReaderThreads {
  readonly #threads: { worker: Worker; question: Question | null }[] = [];
  readonly #waiting: Question[] = [];

  constructor(private readonly file: string) {}

  /** The rows; null when they took longer than `longestMs`. What runs by then runs to its end, and nobody waits for it. */
  async all(
    { sql, parameters, isReport = false }: { sql: string; parameters: Stored[]; isReport?: boolean },
    longestMs: number,
  ): Promise<unknown[] | null> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, longestMs, null);
    });
    const asked = new Promise<unknown[]>((answer, fail) => {
      this.#waiting.push({ sql, parameters, isReport, answer, fail });
    });
    this.#next();
    try {
      return await Promise.race([asked, tooLong]);
    } finally {
      clearTimeout(timer);
      const at = this.#waiting.findIndex((question) => question.sql === sql && question.parameters === parameters);
      if (at >= 0) this.#waiting.splice(at, 1);
    }
  }

  /** Who still waits for an answer is told that there is none. */
  async close() {
    for (const { fail } of this.#waiting.splice(0)) fail(new Error("The reading threads were closed."));
    await Promise.all(this.#threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  #next() {
    const isReporting = this.#threads.some(({ question }) => question?.isReport);
    const next = this.#waiting.findIndex(({ isReport }) => !(isReport && isReporting));
    if (next < 0) return;
    const thread = this.#threads.find(({ question }) => question === null) ?? this.#open();
    const question = thread && this.#waiting.splice(next, 1)[0];
    if (!question) return;
    thread.question = question;
    // A process that has nothing else to do waits for the answer, and not for the thread's end.
    thread.worker.ref();
    thread.worker.postMessage({ sql: question.sql, parameters: question.parameters });
  }

  #open() {
    if (this.#threads.length >= THREADS) return undefined;
    const workerData = { file: this.file, driver: driver() };
    // Not written as `new Worker(…)`: a bundler takes its first argument for a file of the project.
    const worker: Worker = Reflect.construct(Worker, [THREAD, { eval: true, execArgv: [], workerData }]);
    const thread = { worker, question: null as Question | null };
    this.#threads.push(thread);
    const end = (error: Error) => {
      const at = this.#threads.indexOf(thread);
      if (at >= 0) this.#threads.splice(at, 1);
      thread.question?.fail(error);
      thread.question = null;
      this.#next();
    };
    worker.on("message", ({ rows, error }: Answer) => {
      const { question } = thread;
      thread.question = null;
      worker.unref();
      if (rows) question?.answer(rows);
      else question?.fail(Object.assign(new Error(error?.message), { code: error?.code }));
      this.#next();
    });
    worker.on("error", end);
    worker.on("exit", () => end(new Error("A reading thread ended.")));
    worker.unref();
    return thread;
  }
}

/** Where better-sqlite3 lies: beside this file's project, or that of the folder a bundle was started in. */
function driver() {
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      return createRequire(from).resolve("better-sqlite3");
    } catch {
      // A bundle may name its files by addresses that are none of this machine: the next place is tried.
    }
  }
  throw new Error("better-sqlite3 is missing from the installation.");
}

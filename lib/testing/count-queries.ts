import Database from "better-sqlite3";
import pg from "pg";

type Method = (this: unknown, ...parameters: unknown[]) => unknown;

let queries = 0;
let isWatching = false;

/**
 * How many statements of SQL the work sends to the database, whichever way it does. On SQLite those that write are left
 * out: there each row of a bulk write is a run of one prepared statement, within the process.
 */
export async function countQueries(work: () => Promise<unknown>): Promise<number> {
  watch();
  const before = queries;
  await work();
  return queries - before;
}

function watch() {
  if (isWatching) return;
  isWatching = true;
  const memory = new Database(":memory:");
  const statements = Object.getPrototypeOf(memory.prepare("SELECT 1"));
  memory.close();
  for (const name of ["all", "get", "iterate"]) count(statements, name);
  count(pg.Client.prototype, "query");
}

function count(prototype: object, name: string) {
  const method: Method = Reflect.get(prototype, name);
  Reflect.set(prototype, name, function counted(this: unknown, ...parameters: unknown[]) {
    queries += 1;
    return method.apply(this, parameters);
  });
}

import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { createProduct } from "@/lib/testing/factories";
import { disconnect, engine, readerThreads, transaction } from "./client";
import { queryAside, queryReport } from "./query-aside";

/** Keeps whoever runs it busy for so many steps. */
const counting = (steps: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${steps}) SELECT count(*) AS "steps" FROM n`;
const LONG = 3_000_000;

function ask(sql: string, longestMs = 60_000) {
  return readerThreads().all({ sql, parameters: [] }, longestMs);
}

/** What the threads are asked during the work, and which of them. */
function askedDuring(work: () => void): { thread: Worker; sql: string }[] {
  const asked: { thread: Worker; sql: string }[] = [];
  const original = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function post(this: Worker, ...message: Parameters<typeof original>) {
    asked.push({ thread: this, sql: message[0].sql });
    return original.apply(this, message);
  };
  work();
  Worker.prototype.postMessage = original;
  return asked;
}

test("a question beside the process gives the rows of the database, times as both engines keep them", async () => {
  const { id, sku, updatedAt } = await createProduct();
  const rows = await queryAside(`SELECT "sku" FROM "Product" WHERE "id" = ? AND "updatedAt" <= ?`, id, updatedAt);
  expect(rows).toEqual([{ sku }]);
  await expect(queryAside(`SELECT "nothing" FROM "Product" x`)).rejects.toThrow();
});

describe.runIf(engine() === "sqlite")("SQLite's reading threads", () => {
  test("a long question leaves the process free, and quick ones pass it", async () => {
    const order: string[] = [];
    const long = queryAside(counting(LONG)).then(() => order.push("long"));
    const quick = queryAside(counting(1)).then(() => order.push("quick"));
    await after(1);
    order.push("timer");
    await Promise.all([long, quick]);
    expect(order.indexOf("long")).toBe(2);
  });

  test("what takes longer than it may is given up, and the next is answered", async () => {
    expect(await ask(counting(LONG), 1)).toBeNull();
    expect(await ask(counting(2))).toEqual([{ steps: 2 }]);
  });

  test("more questions than threads wait for their turn", async () => {
    const asked = [5, 4, 3, 2, 1].map((steps) => ask(counting(steps)));
    expect(await Promise.all(asked)).toEqual([5, 4, 3, 2, 1].map((steps) => [{ steps }]));
  });

  test("of two reports one waits, and a list passes both", async () => {
    // No thread is left with what an earlier test gave up.
    await disconnect();
    const [long, second, list] = [counting(LONG), counting(2), counting(1)];
    const answers: Promise<unknown>[] = [];
    const asked = askedDuring(() => answers.push(queryReport(long), queryReport(second), queryAside(list)));
    expect(asked.map(({ sql }) => sql)).toEqual([long, list]);
    expect(asked[0]?.thread).not.toBe(asked[1]?.thread);
    expect(await Promise.all(answers)).toEqual([[{ steps: LONG }], [{ steps: 2 }], [{ steps: 1 }]]);
  });

  test("each question sees what was written before it, on a thread that has read before", async () => {
    const { id } = await createProduct();
    for (const name of ["One", "Two", "Three", "Four"]) {
      await transaction((tx) => tx.product.update({ where: { id }, data: { name } }));
      expect(await queryAside(`SELECT "name" FROM "Product" WHERE "id" = ?`, id)).toEqual([{ name }]);
    }
  });

  test("a thread that dies takes its own question with it, and no other", async () => {
    const outcome: Promise<unknown>[] = [];
    const [first] = askedDuring(() => outcome.push(ask(counting(LONG)), ask(counting(3)), ask(counting(4))));
    await first?.thread.terminate();
    expect(await Promise.allSettled(outcome)).toEqual([
      { status: "rejected", reason: new Error("A reading thread ended.") },
      { status: "fulfilled", value: [{ steps: 3 }] },
      { status: "fulfilled", value: [{ steps: 4 }] },
    ]);
    expect(await Promise.all([ask(counting(5)), ask(counting(6))])).toEqual([[{ steps: 5 }], [{ steps: 6 }]]);
  });

  test("closing tells those who wait, and the next question opens the file anew", async () => {
    const asked = Promise.allSettled([1, 2, 3].map(() => ask(counting(LONG))));
    await disconnect();
    expect((await asked).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await ask(counting(2))).toEqual([{ steps: 2 }]);
  });

  test("no thread can write", async () => {
    await expect(queryAside(`DELETE FROM "Product" RETURNING "id"`)).rejects.toMatchObject({ code: "SQLITE_READONLY" });
  });
});

import { setTimeout as after } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createProduct } from "@/lib/testing/factories";
import { engine, readerThreads } from "./client";
import { queryAside } from "./query-aside";

/** Keeps whoever runs it busy for so many steps. */
const counting = (steps: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${steps}) SELECT count(*) AS "steps" FROM n`;
const LONG = 3_000_000;

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
    expect(await readerThreads().all(counting(LONG), [], 1)).toBeNull();
    expect(await readerThreads().all(counting(2), [], 60_000)).toEqual([{ steps: 2 }]);
  });

  test("more questions than threads wait for their turn", async () => {
    const asked = [5, 4, 3, 2, 1].map((steps) => readerThreads().all(counting(steps), [], 60_000));
    expect(await Promise.all(asked)).toEqual([5, 4, 3, 2, 1].map((steps) => [{ steps }]));
  });

  test("no thread can write", async () => {
    await expect(queryAside(`DELETE FROM "Product" RETURNING "id"`)).rejects.toMatchObject({ code: "SQLITE_READONLY" });
  });
});

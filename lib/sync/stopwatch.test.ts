import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Stopwatch } from "./stopwatch";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function pass(milliseconds: number) {
  vi.advanceTimersByTime(milliseconds);
}

test("a phase within another interrupts it, and what is left is the outer one's", async () => {
  const watch = new Stopwatch("read");
  await pass(5);
  await watch.during("commit", async () => {
    await pass(10);
    await watch.during("write", () => pass(100));
    await pass(1_000);
  });
  await pass(20);
  expect(watch.spent()).toEqual({ read: 25, commit: 1_010, write: 100 });
});

test("a phase that fails ends all the same", async () => {
  const watch = new Stopwatch("read");
  await watch
    .during("match", async () => {
      await pass(7);
      throw new Error("lost");
    })
    .catch(() => undefined);
  await pass(3);
  expect(watch.spent()).toEqual({ read: 3, match: 7 });
});

import { expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { FieldSource } from "./field-source";
import { sourceAfterEdit, sourceAfterRelease } from "./value-source";

const NOW = new Date("2026-11-07T02:00:00Z");
const mira: Actor = {
  kind: "user",
  userId: "mira",
  email: "m@example.com",
  name: "Mira",
  role: "manager",
  sessionId: null,
  scopes: ["read", "write"],
};
const fromRun: FieldSource = { by: "run", id: "run-2", sourceId: "etilize", at: "2026-11-01T00:00:00Z" };

test("a person's value over a feed's is kept, with the feed's beside it", () => {
  expect(sourceAfterEdit(mira, { value: "A", source: fromRun, createdByRunId: "run-1" }, "B", NOW)).toEqual({
    by: "person",
    id: "mira",
    at: NOW.toISOString(),
    sourceId: "etilize",
    kept: true,
    feedValue: "A",
    keptOver: "A",
    feedRunId: "run-2",
  });
});

test("a value the feed left empty is kept too, so that the feed can't overwrite it later", () => {
  const source = sourceAfterEdit(mira, { value: null, source: null, createdByRunId: "run-1" }, 500, NOW);
  expect(source).toMatchObject({ kept: true, feedValue: null, feedRunId: "run-1" });
});

test("a second edit keeps what the feed says, not what the first person said", () => {
  const first = sourceAfterEdit(mira, { value: "A", source: fromRun, createdByRunId: "run-1" }, "B", NOW);
  const second = sourceAfterEdit(mira, { value: "B", source: first, createdByRunId: "run-1" }, "C", NOW);
  expect(second).toMatchObject({ kept: true, feedValue: "A", keptOver: "A", feedRunId: "run-2" });
});

test("setting what the feed says gives the value back to the feed", () => {
  const kept = sourceAfterEdit(mira, { value: "A", source: fromRun, createdByRunId: "run-1" }, "B", NOW);
  const back = sourceAfterEdit(mira, { value: "B", source: kept, createdByRunId: "run-1" }, "A", NOW);
  expect(back).toEqual({ by: "run", id: "run-2", sourceId: "etilize", at: NOW.toISOString() });
});

test("released to the run that created the product, a value is the product's own again", () => {
  const kept = sourceAfterEdit(mira, { value: "A", source: null, createdByRunId: "run-1" }, "B", NOW);
  expect(sourceAfterRelease({ value: "B", source: kept, createdByRunId: "run-1" }, NOW)).toBeNull();
});

test("a value no feed ever gave is simply the person's", () => {
  expect(sourceAfterEdit(mira, { value: "A", source: null, createdByRunId: null }, "B", NOW)).toEqual({
    by: "person",
    id: "mira",
    at: NOW.toISOString(),
  });
});

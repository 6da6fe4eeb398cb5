import { notFound } from "next/navigation";
import { expect, test } from "vitest";
import { answerOf } from "./answer-of";

test("an answer is given on as it came", async () => {
  await expect(answerOf(Promise.resolve({ ok: true as const, data: 3 }))).resolves.toEqual({ ok: true, data: 3 });
});

test("no answer is told as a refusal, so that the form stays with what was typed", async () => {
  const answer = await answerOf(Promise.reject(new TypeError("Failed to fetch")));
  expect(answer).toMatchObject({ ok: false, error: { code: "unavailable" } });
});

test("what sends the page elsewhere goes on", async () => {
  const leaves = async () => notFound();
  await expect(answerOf(leaves())).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
});

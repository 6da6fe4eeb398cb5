import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { catalogueHash } from "@/lib/testing/catalogue-hash";
import { type FeedRow, importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getRunOrThrow } from "../queries";
import { ensureDefaultRules } from "./ensure-default-rules";

beforeEach(() => resetDatabase());

const DAY1: Record<string, FeedRow> = {
  SPR100: { price: "12.49" },
  SPR101: { price: "12.49" },
  SPR102: {},
  SPR103: {},
  SPR104: {},
};
const DAY2: Record<string, FeedRow> = {
  ...DAY1,
  SPR100: { price: "15.49" },
  SPR101: { price: "13.49" },
  SPR102: { title: "Blue pen" },
};

const rulesOf = async (runId: string) => {
  const changes = await db.syncChange.findMany({ where: { runId }, orderBy: { label: "asc" } });
  return changes.map(({ label, rule }) => [label, rule]);
};

test("a dry run names the rule that would let each change pass, and the run after it lets just these pass", async () => {
  await ensureDefaultRules();
  await importRows(DAY1);
  const before = await catalogueHash();
  const dry = await importRows(DAY2, { dryRun: true, yes: false });
  expect(await catalogueHash()).toBe(before);
  expect(await rulesOf(dry.id)).toEqual([
    ["SPR100", null],
    ["SPR101", "Price within 10 %"],
    ["SPR102", null],
  ]);
  const { messages, states } = await getRunOrThrow(SYSTEM, dry.id);
  expect(messages.map(({ text }) => text)).toEqual([
    "Approval rules would apply 1 of 3 changes by themselves: “Price within 10 %” 1.",
  ]);
  expect(states).toEqual({ staged: 3 });
  const real = await importRows(DAY2, { yes: false });
  expect(await rulesOf(real.id)).toEqual(await rulesOf(dry.id));
});

test("without a rule all would wait; a dry run that a guard would hold, or that asks for no review, names none", async () => {
  await importRows(DAY1);
  const messagesOf = async (rows: Record<string, FeedRow>, yes = false) => {
    const run = await importRows(rows, { dryRun: true, yes });
    return { held: run.heldReason !== null, messages: (await getRunOrThrow(SYSTEM, run.id)).messages };
  };
  expect(await messagesOf(DAY2)).toMatchObject({
    held: false,
    messages: [{ text: "No approval rule would let any of the 3 changes pass: all would wait." }],
  });
  await ensureDefaultRules();
  expect(await messagesOf({ SPR101: { price: "13.49" } })).toMatchObject({ held: true, messages: [] });
  expect(await messagesOf(DAY2, true)).toMatchObject({ held: false, messages: [] });
});

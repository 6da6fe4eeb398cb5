import { beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor, createChange, createFeedSource, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { createRule, deleteRule, switchRule, updateRule } from "./mutations";
import { listRules, tryRules } from "./queries";
import { type RuleInput, ruleInput } from "./rule-input";

const manager = actor("manager");
const staff = actor("staff");
const PRICE: RuleInput = {
  name: "Small price steps",
  sourceId: null,
  field: "priceCents",
  maxIncreasePercent: 10,
  maxDecreasePercent: 5,
};

beforeEach(() => resetDatabase());

const only = async () => {
  const [rule] = await listRules(staff);
  if (!rule) throw new Error("There is no rule.");
  return rule;
};

describe("rules", () => {
  test("are made, changed, switched off and deleted, and the trail says by whom", async () => {
    const { id } = await createRule(manager, PRICE);
    await updateRule(manager, { ...PRICE, id, version: 1, maxIncreasePercent: 20 });
    await switchRule(manager, { id, version: 2, isActive: false });
    expect(await only()).toMatchObject({ maxIncreasePercent: 20, isActive: false, version: 3 });
    await deleteRule(manager, { id, version: 3 });
    expect(await listRules(staff)).toEqual([]);
    const trail = await db.auditEntry.findMany({ where: { entity: "ApprovalRule" }, orderBy: { id: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual(["rule.create", "rule.update", "rule.update", "rule.delete"]);
    expect(trail[1]).toMatchObject({ before: { maxIncreasePercent: 10 }, after: { maxIncreasePercent: 20 } });
  });

  test("of two editors the second is told, and nothing of theirs is saved", async () => {
    const { id } = await createRule(manager, PRICE);
    const edit = (maxIncreasePercent: number) => updateRule(manager, { ...PRICE, id, version: 1, maxIncreasePercent });
    const ends = await Promise.allSettled([edit(11), edit(12)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(edit(13)).rejects.toThrow("Somebody changed “Small price steps” meanwhile.");
    await expect(deleteRule(manager, { id, version: 1 })).rejects.toMatchObject({ code: "conflict" });
    expect((await only()).version).toBe(2);
  });

  test("a name is one rule's, and a source must be there", async () => {
    await createRule(manager, PRICE);
    await expect(createRule(manager, PRICE)).rejects.toMatchObject({ fields: { name: expect.any(String) } });
    const stranger = { ...PRICE, name: "Other", sourceId: "00000000-0000-7000-8000-000000000000" };
    await expect(createRule(manager, stranger)).rejects.toMatchObject({ fields: { sourceId: expect.any(String) } });
  });

  test("staff see them and change none", async () => {
    const { id } = await createRule(manager, PRICE);
    const refused = { code: "forbidden" };
    await expect(createRule(staff, { ...PRICE, name: "Mine" })).rejects.toMatchObject(refused);
    await expect(updateRule(staff, { ...PRICE, id, version: 1 })).rejects.toMatchObject(refused);
    await expect(switchRule(staff, { id, version: 1, isActive: false })).rejects.toMatchObject(refused);
    await expect(deleteRule(staff, { id, version: 1 })).rejects.toMatchObject(refused);
    expect(await listRules(staff)).toHaveLength(1);
  });

  test("input: only figures have limits, and a field must be one", () => {
    const parse = (data: object) => ruleInput.safeParse({ ...PRICE, ...data });
    expect(parse({ field: "content" }).data).toMatchObject({ maxIncreasePercent: null, maxDecreasePercent: null });
    expect(parse({ field: "metafield:custom.colour" }).success).toBe(true);
    for (const data of [{ field: "everything" }, { maxIncreasePercent: -1 }, { name: " x " }])
      expect(parse(data).success).toBe(false);
  });
});

describe("a rule tried on the last runs", () => {
  const change = (runId: string, field: string, before: number | string, after: number | string, state = "applied") =>
    createChange(runId, { state: state as "applied", fields: { update: [{ field, before, after }] } });

  test("says how many changes would have passed, with it and without", async () => {
    const source = await createFeedSource();
    const old = await createRun({ feedSourceId: source.id, status: "success", updated: 1 });
    await change(old.id, "priceCents", 1000, 1001);
    const run = await createRun({ feedSourceId: source.id, status: "review", updated: 4 });
    await change(run.id, "priceCents", 1000, 1050);
    await change(run.id, "priceCents", 1000, 1150, "staged");
    await change(run.id, "inventoryQuantity", 100, 90, "rejected");
    await change(run.id, "name", "a", "b", "staged");
    await createChange(run.id, { kind: "ambiguous" });
    await createRun({ feedSourceId: source.id, status: "review", updated: 9, heldReason: "Too few rows." });
    const { id } = await createRule(manager, PRICE);
    const trial = { run: run.number, source: "Feed", changes: 4, isCapped: false };
    expect(await tryRules(staff, { rule: null })).toEqual([{ ...trial, passed: 1, passedNow: 1 }]);
    const wider = { ...PRICE, maxIncreasePercent: 20 };
    expect(await tryRules(staff, { rule: wider, replaces: id })).toEqual([{ ...trial, passed: 2, passedNow: 1 }]);
    const stock = { ...PRICE, name: "Stock", field: "inventoryQuantity", maxDecreasePercent: 50 };
    expect(await tryRules(staff, { rule: stock })).toEqual([{ ...trial, passed: 2, passedNow: 1 }]);
    expect(await tryRules(staff, { rule: null, replaces: id })).toEqual([{ ...trial, passed: 0, passedNow: 1 }]);
  });

  test("a rule of one source is tried on that source alone", async () => {
    const [one, two] = [await createFeedSource(), await createFeedSource()];
    for (const source of [one, two]) {
      const run = await createRun({ feedSourceId: source.id, status: "success", updated: 1, source: source.name });
      await change(run.id, "priceCents", 1000, 1050);
    }
    const trials = await tryRules(staff, { rule: { ...PRICE, sourceId: two.id } });
    expect(trials.map(({ source, passed }) => [source, passed])).toEqual([[two.name, 1]]);
  });
});

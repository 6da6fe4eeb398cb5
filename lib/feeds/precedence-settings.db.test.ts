import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { actor } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { createFeedSource } from "./mutations";
import { precedenceSettings } from "./precedence";
import { getPrecedence, loadPrecedence, savePrecedence } from "./precedence-settings";

beforeEach(resetDatabase);

const none = precedenceSettings.parse({});

async function twoSources() {
  const manager = actor("manager");
  const connection = { type: "upload" } as const;
  const content = await createFeedSource(manager, { name: "Content", kind: "etilize", connection });
  const list = await createFeedSource(manager, { name: "List", kind: "erp", connection });
  return { content: content.id, list: list.id };
}

test("the order a manager sets rules from the next run on, and the trail says who set it", async () => {
  const { content, list } = await twoSources();
  expect((await loadPrecedence(db)).mayReplace("priceCents", content, list)).toBe(false);
  const to = { ...none, commerce: [content, list] };
  await savePrecedence(actor("manager"), { from: none, to });
  expect((await loadPrecedence(db)).mayReplace("priceCents", content, list)).toBe(true);
  expect((await getPrecedence(actor("staff"))).settings).toEqual(to);
  const [entry] = await db.auditEntry.findMany({ where: { action: "feed.precedence" } });
  expect(entry).toMatchObject({ actorName: "Test manager", before: none, after: to });
});

test("of two managers the second is told, and nothing of hers is lost silently", async () => {
  const { content, list } = await twoSources();
  const answers = await Promise.allSettled([
    savePrecedence(actor("manager"), { from: none, to: { ...none, content: [list] } }),
    savePrecedence(actor("manager"), { from: none, to: { ...none, content: [content] } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(answers.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test("staff read the order and can't set it; a source that is not there can't rule", async () => {
  await expect(savePrecedence(actor("staff"), { from: none, to: none })).rejects.toMatchObject({ code: "forbidden" });
  const to = { ...none, content: ["00000009-0000-4000-8000-000000000000"] };
  await expect(savePrecedence(actor("manager"), { from: none, to })).rejects.toMatchObject({ code: "invalid_input" });
});

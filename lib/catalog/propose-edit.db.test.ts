import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { listWaitingRuns } from "@/lib/inbox/list-waiting-runs";
import { approveRun, rejectRun } from "@/lib/sync/mutations";
import { actor, actorOf, createCategory, createDefinition, createProduct, createUser } from "@/lib/testing/factories";
import { undoRun } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getEndedRun, workOff } from "@/lib/testing/run-import";
import { getProductOrThrow } from "./get-product";
import { listProposals } from "./proposals";
import { proposeEdit } from "./propose-edit";
import { updateProduct } from "./update-product";
import { withdrawProposal } from "./withdraw-proposal";

let staff = actor("staff");
const manager = actor("manager");

beforeEach(async () => {
  await resetDatabase();
  staff = actorOf(await createUser("staff", { firstName: "Sam", lastName: "Reed" }));
});

const price = (from: number | null, to: number) => ({ priceCents: { from, to } });

async function approve(runId: string) {
  const { jobId } = await approveRun(manager, { runId });
  await workOff(jobId);
  return getEndedRun(runId);
}

test("C31 what staff propose waits in the inbox, changes nothing until a manager approves, and is theirs then", async () => {
  const pens = await createCategory({ name: "Pens" });
  await createDefinition({ key: "colour", name: "Colour" });
  const { id } = await createProduct({ sku: "PEN", priceCents: 100 });
  const { runId, number } = await proposeEdit(staff, {
    id,
    changes: { ...price(100, 120), categoryId: { from: null, to: pens.id } },
    metafields: [{ namespace: "custom", key: "colour", from: null, to: "Blue" }],
  });
  const asked = () => db.product.findUniqueOrThrow({ where: { id }, include: { metafields: true } });
  expect(await asked()).toMatchObject({ priceCents: 100, categoryId: null, metafields: [] });
  expect(await listProposals(manager, id)).toMatchObject([
    { number, who: "Sam Reed", isMine: false, state: "waiting", answeredBy: null },
  ]);
  const waiting = await listWaitingRuns({ q: "" } as Parameters<typeof listWaitingRuns>[0], {
    review: true,
    failed: false,
  });
  expect(waiting).toMatchObject([{ run: number, title: "Review 1 change of Proposal for PEN" }]);
  await expect(approveRun(staff, { runId })).rejects.toMatchObject({ code: "forbidden" });
  expect(await approve(runId)).toMatchObject({ status: "success", updated: 1 });
  expect(await asked()).toMatchObject({ priceCents: 120, categoryId: pens.id, metafields: [{ value: "Blue" }] });
  expect((await getProductOrThrow(manager, id)).sources.priceCents).toMatchObject({
    who: "Sam Reed",
    via: "Proposed edit",
  });
  expect(await listProposals(manager, id)).toEqual([]);
  expect(await listProposals(staff, id)).toMatchObject([{ number, isMine: true, state: "applied" }]);
  await undoRun(runId);
  expect(await listProposals(staff, id)).toMatchObject([{ state: "undone" }]);
  expect(await asked()).toMatchObject({ priceCents: 100, categoryId: null, metafields: [] });
});

test("a field that somebody changed since is left as it is, and a rejected proposal changes nothing", async () => {
  const { id } = await createProduct({ priceCents: 100 });
  const first = await proposeEdit(staff, { id, changes: price(100, 120), metafields: [] });
  const second = await proposeEdit(staff, { id, changes: price(100, 130), metafields: [] });
  await updateProduct(manager, { id, changes: price(100, 110), metafields: [] });
  await expect(proposeEdit(staff, { id, changes: price(100, 140), metafields: [] })).rejects.toMatchObject({
    code: "conflict",
  });
  await approve(first.runId);
  await rejectRun(manager, { runId: second.runId, reason: "Too dear" });
  expect(await db.product.findUnique({ where: { id } })).toMatchObject({ priceCents: 110 });
  expect(await listProposals(staff, id)).toMatchObject([
    { number: first.number, state: "left" },
    { number: second.number, state: "rejected", reason: expect.stringContaining("Too dear") },
  ]);
  const later = new Date(Date.now() + 8 * 86_400_000);
  expect(await listProposals(staff, id, later)).toEqual([]);
});

test("who proposed is told the answer, and who answers is told of the proposal", async () => {
  const boss = await createUser("manager", { firstName: "Ada", lastName: "Byron" });
  const { id } = await createProduct({ sku: "PEN", priceCents: 100 });
  const first = await proposeEdit(staff, { id, changes: price(100, 120), metafields: [] });
  const second = await proposeEdit(staff, { id, changes: price(100, 130), metafields: [] });
  await approveRun(actorOf(boss), { runId: first.runId }).then(({ jobId }) => workOff(jobId));
  await rejectRun(actorOf(boss), { runId: second.runId, reason: "Too dear" });
  expect(await listProposals(staff, id)).toMatchObject([{ answeredBy: "Ada Byron" }, { answeredBy: "Ada Byron" }]);
  const mine = { userId: staff.kind === "user" ? staff.userId : "" };
  const told = await db.notification.findMany({ orderBy: { id: "asc" } });
  expect(told.map(({ userId, title, body }) => [userId, title, body])).toEqual([
    [boss.id, `${staff.name} proposes changes of PEN`, "Price"],
    [boss.id, `${staff.name} proposes changes of PEN`, "Price"],
    [mine.userId, "Your proposal for PEN was applied", ""],
    [mine.userId, "Your proposal for PEN was turned down", expect.stringContaining("Too dear")],
  ]);
});

test("who proposed withdraws it while nobody has answered; nobody else does, and of two at once the second is told", async () => {
  const { id } = await createProduct({ priceCents: 100 });
  const propose = () => proposeEdit(staff, { id, changes: price(100, 120), metafields: [] });
  const { runId } = await propose();
  const other = actorOf(await createUser("staff"));
  for (const somebody of [other, manager]) {
    await expect(withdrawProposal(somebody, { runId })).rejects.toMatchObject({ code: "not_found" });
  }
  const reader = { ...staff, scopes: ["read"] } as typeof staff;
  await expect(withdrawProposal(reader, { runId })).rejects.toMatchObject({ code: "forbidden" });
  await withdrawProposal(staff, { runId });
  expect(await listProposals(staff, id)).toMatchObject([{ state: "withdrawn" }]);
  expect(await db.syncHistory.findUnique({ where: { id: runId } })).toMatchObject({ status: "cancelled" });
  expect(await db.auditEntry.count({ where: { action: "sync.withdraw", entityId: runId } })).toBe(1);
  await expect(approveRun(manager, { runId })).rejects.toMatchObject({ code: "conflict" });
  const again = await propose();
  const both = await Promise.allSettled([
    withdrawProposal(staff, { runId: again.runId }),
    rejectRun(manager, { runId: again.runId, reason: "Too dear" }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  expect(await db.product.findUnique({ where: { id } })).toMatchObject({ priceCents: 100 });
  expect(await db.notification.count({ where: { title: { contains: "withdr" } } })).toBe(0);
});

test("what can't be saved can't be proposed, and a reader's token proposes nothing", async () => {
  const { id } = await createProduct({ priceCents: 100 });
  const metafields = [{ namespace: "custom", key: "colour", type: "color", from: null, to: "#ff0000" }];
  await expect(proposeEdit(staff, { id, changes: {}, metafields })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(proposeEdit(staff, { id, changes: price(100, 100), metafields: [] })).rejects.toMatchObject({
    code: "invalid_input",
  });
  const reader = { ...staff, scopes: ["read"] } as typeof staff;
  await expect(proposeEdit(reader, { id, changes: price(100, 120), metafields: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await db.syncHistory.count()).toBe(0);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET, POST } from "@/app/api/products/[id]/proposals/route";
import { POST as APPROVE } from "@/app/api/proposals/[id]/approve/route";
import { POST as REJECT } from "@/app/api/proposals/[id]/reject/route";
import { POST as WITHDRAW } from "@/app/api/proposals/[id]/withdraw/route";
import { notesWritten } from "@/lib/auth/note-later";
import { db } from "@/lib/db/client";
import { apiCaller } from "@/lib/testing/api";
import { createDefinition, createProduct, createRun } from "@/lib/testing/factories";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { approveProposalEndpoint, listProposalsEndpoint, postProposalEndpoint } from "./proposals";

// Next's bundler gives handlers the server's side of it; the browser's needs a React that is not here.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server"));

afterEach(notesWritten);
beforeEach(() => resetDatabase());

const RAISE = { fields: { price: { from: "1.00", to: "1.20" } } };

test("C31 a script of staff proposes, a manager's approves, and both read how it stands", async () => {
  const [staff, manager] = [await apiCaller("staff"), await apiCaller("manager")];
  await createDefinition({ key: "colour", name: "Colour" });
  const { id } = await createProduct({ priceCents: 100 });
  const params = { id };
  const metafields = [{ namespace: "custom", key: "colour", value: "Blue" }];
  const { status, json } = await staff(POST, { params, body: { ...RAISE, metafields } });
  expect(status).toBe(201);
  const { number } = postProposalEndpoint.answer.json.parse(json);
  const list = async (who: typeof staff) =>
    listProposalsEndpoint.answer.json.parse((await who(GET, { params })).json).data;
  expect(await list(manager)).toMatchObject([{ number, is_mine: false, state: "waiting" }]);
  expect(await db.product.count({ where: { priceCents: 120 } })).toBe(0);
  const approval = { params: { id: String(number) }, body: { shown_at: new Date().toISOString() } };
  expect((await staff(APPROVE, approval)).status).toBe(403);
  const approved = await manager(APPROVE, approval);
  await workOff(approveProposalEndpoint.answer.json.parse(approved.json).job_id);
  expect(await list(staff)).toMatchObject([{ number, is_mine: true, state: "applied" }]);
  expect(await db.product.count({ where: { priceCents: 120 } })).toBe(1);
  expect(await db.productMetafield.count({ where: { value: "Blue" } })).toBe(1);
  expect((await manager(APPROVE, approval)).status).toBe(409);
});

test("one is withdrawn by its author, another turned down with a reason; a run that is none is not found", async () => {
  const [staff, manager] = [await apiCaller("staff"), await apiCaller("manager")];
  const { id } = await createProduct({ priceCents: 100 });
  const propose = async () =>
    postProposalEndpoint.answer.json.parse((await staff(POST, { params: { id }, body: RAISE })).json);
  const first = { params: { id: (await propose()).run_id } };
  expect((await manager(WITHDRAW, first)).status).toBe(404);
  expect((await staff(WITHDRAW, first)).status).toBe(200);
  expect((await staff(WITHDRAW, first)).status).toBe(409);
  const second = { params: { id: (await propose()).run_id } };
  expect((await manager(REJECT, { ...second, body: { reason: "" } })).status).toBe(422);
  expect((await staff(REJECT, { ...second, body: { reason: "Too dear" } })).status).toBe(403);
  expect((await manager(REJECT, { ...second, body: { reason: "Too dear" } })).status).toBe(200);
  const run = { params: { id: (await createRun({ status: "review" })).id } };
  expect((await manager(REJECT, { ...run, body: { reason: "Too dear" } })).status).toBe(404);
});

test.each([
  [{}, 422, "Send at least one change."],
  [{ fields: { price: "cheap" } }, 422, "Enter a price like 12.50"],
  [{ fields: { price: { from: "9.99", to: "1.20" } } }, 409, "price"],
  [{ fields: { price: "1.00" } }, 422, "It says so already."],
])("%j is refused in words", async (body, status, words) => {
  const staff = await apiCaller("staff");
  const { id } = await createProduct({ priceCents: 100 });
  const answer = await staff(POST, { params: { id }, body });
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.json)).toContain(words);
  expect(await db.syncHistory.count()).toBe(0);
});

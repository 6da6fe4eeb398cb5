import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { actorOf, createUser } from "@/lib/testing/factories";
import { listViews } from "./list-views";
import { createView, deleteView, setDefaultView, updateView } from "./mutations";
import { openList } from "./open-view";
import { viewQuery } from "./view-query";

let staff: Actor;
let manager: Actor;
let other: Actor;
let admin: Actor;

beforeAll(async () => {
  staff = actorOf(await createUser("staff"));
  manager = actorOf(await createUser("manager"));
  other = actorOf(await createUser("manager"));
  admin = actorOf(await createUser("admin"));
});

const names = async (actor: Actor) => (await listViews(actor)).map(({ name }) => name);

describe("C18 saved views", () => {
  test("a private view is its owner's alone, a shared one everybody's", async () => {
    await createView(manager, { name: "Mine", query: "brand=HP", isShared: false });
    await createView(manager, { name: "For all", query: "sort=price", isShared: true });
    expect(await names(manager)).toEqual(["Mine", "For all"]);
    expect(await names(staff)).toEqual(["For all"]);
    const [seen] = await listViews(staff);
    expect(seen).toMatchObject({ isMine: false, isDefault: false });
    expect(seen?.owner).toMatch(/^manager-/);
  });

  test("staff keep views for themselves and share none", async () => {
    const own = await createView(staff, { name: "Low stock", query: "stock=out", isShared: false });
    await expect(createView(staff, { name: "All", query: "", isShared: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateView(staff, { ...own, isShared: true })).rejects.toMatchObject({ code: "forbidden" });
    const reader = { ...staff, scopes: ["read"] } as Actor;
    await expect(createView(reader, { name: "By token", query: "", isShared: false })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("somebody else's view can't be changed, a private one isn't even there; an admin mends shared ones", async () => {
    const hidden = await createView(manager, { name: "Hidden", query: "", isShared: false });
    const shared = await createView(manager, { name: "Shared", query: "", isShared: true });
    await expect(updateView(other, { ...hidden, name: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteView(admin, hidden)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateView(other, { ...shared, name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteView(other, shared)).rejects.toMatchObject({ code: "forbidden" });
    await updateView(admin, { ...shared, name: "Shared by us" });
    expect(await names(other)).toContain("Shared by us");
  });

  test("of two who change a view at once the second is told, and nothing of theirs is written", async () => {
    const view = await createView(manager, { name: "Twice", query: "brand=A", isShared: true });
    const answers = await Promise.allSettled([
      updateView(manager, { ...view, query: "brand=B" }),
      updateView(admin, { ...view, name: "Renamed" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const lost = answers.find((answer) => answer.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("changed meanwhile") });
    expect((await db.savedView.findUniqueOrThrow({ where: { id: view.id } })).version).toBe(2);
    await expect(deleteView(manager, view)).rejects.toMatchObject({ code: "conflict" });
  });

  test("a name is taken once by each person, also when both saves come at once", async () => {
    const twice = await Promise.allSettled([
      createView(other, { name: "Same", query: "", isShared: false }),
      createView(other, { name: "Same", query: "", isShared: false }),
    ]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await createView(manager, { name: "Same", query: "", isShared: false });
  });

  test("what is deleted comes back whole", async () => {
    const view = await createView(manager, { name: "Gone", query: "brand=HP&sort=price", isShared: true });
    const kept = await deleteView(manager, view);
    expect(await names(manager)).not.toContain("Gone");
    await createView(manager, kept);
    const back = (await listViews(manager)).find(({ name }) => name === "Gone");
    expect(back).toMatchObject({ query: "brand=HP&sort=price", isShared: true });
  });
});

describe("a list opens as a view", () => {
  test("named alone the view speaks; with anything beside it the address does, and says that it is changed", async () => {
    const { id } = await createView(manager, { name: "Red", query: "filter=price:lt:5&sort=price", isShared: false });
    const named = await openList(manager, { view: id });
    expect(named.search).toMatchObject({ sort: "price", view: id });
    expect(named.search.conditions.groups).toHaveLength(1);
    expect(named.isChanged).toBe(false);
    // Cleared whole, the list stays that view, changed.
    const cleared = await openList(manager, { view: id, q: "" });
    expect(cleared.search.conditions.groups).toEqual([]);
    expect(cleared).toMatchObject({ isChanged: true, view: { id } });
    expect(viewQuery(named.search)).toBe("filter=price:lt:5&sort=price");
  });

  test("the default opens a list that says nothing, for its person alone", async () => {
    const { id, version } = await createView(manager, { name: "Usual", query: "stock=out", isShared: true });
    await setDefaultView(manager, { id });
    await setDefaultView(other, { id });
    expect((await openList(manager, {})).search).toMatchObject({ stock: "out", view: id });
    expect((await openList(manager, { view: "none" })).search.stock).toBeUndefined();
    expect((await openList(manager, { q: "pen" })).search.stock).toBeUndefined();
    expect((await openList(staff, {})).view).toBeNull();
    // No longer shared, it opens nobody else's list.
    await updateView(manager, { id, version, isShared: false });
    expect((await openList(other, {})).view).toBeNull();
    expect((await openList(manager, {})).view?.id).toBe(id);
    await setDefaultView(manager, { id: null });
    expect((await openList(manager, {})).view).toBeNull();
  });

  test("a view that is gone or hidden is told, and the list is the plain one", async () => {
    const { id } = await createView(manager, { name: "Secret", query: "stock=out", isShared: false });
    const opened = await openList(staff, { view: id });
    expect(opened).toMatchObject({ isViewGone: true, view: null });
    expect(opened.search.stock).toBeUndefined();
    await expect(setDefaultView(staff, { id })).rejects.toMatchObject({ code: "not_found" });
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { announceChanges } from "@/lib/testing/api";
import {
  actor,
  actorOf,
  createCategory,
  createDefinition,
  createFeedSource,
  createJob,
  createProduct,
  createRun,
  createUser,
} from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { workOff } from "@/lib/testing/run-import";
import { getChoice, listChoices } from "./choices";
import { getGivenParameters } from "./given-parameters";
import { newJobForm } from "./new-job-form";
import { CHOICE_KINDS } from "./parameter";
import { jobDefinitions } from "./registry";
import { startJob } from "./start-job";

let manager: Actor;
let admin: Actor;
const staff = actor("staff");

beforeEach(async () => {
  await resetDatabase();
  manager = actorOf(await createUser("manager"));
  admin = actorOf(await createUser("admin"));
});

const jobOf = (id: string) => db.job.findUniqueOrThrow({ where: { id } });

describe("who may", () => {
  test.each(jobDefinitions().filter(({ permission }) => permission !== "catalog:read"))(
    "$name is refused to staff, and to a token that only reads, before anything of it is read",
    async ({ name }) => {
      const reader = { ...admin, scopes: ["read"] } as Actor;
      for (const who of [staff, reader]) {
        await expect(startJob(who, { type: name, parameters: { nonsense: 1 } })).rejects.toMatchObject({
          code: "forbidden",
        });
      }
      expect(await db.job.count()).toBe(0);
    },
  );

  test("clearing up is the admins' alone", async () => {
    await expect(startJob(manager, { type: "sync.retention" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await startJob(admin, { type: "sync.retention" })).toEqual({ jobId: expect.any(String) });
  });
});

describe("parameters", () => {
  test("a job that was started by hand keeps what was given, and who started it", async () => {
    const { jobId } = await startJob(manager, { type: "export.products", parameters: { format: "xlsx" } });
    expect(await jobOf(jobId)).toMatchObject({
      jobType: "export.products",
      displayName: "Export products as Excel",
      options: { given: { format: "xlsx" } },
      parameters: { format: "xlsx", query: "" },
      clonedFromId: null,
    });
    expect((await jobOf(jobId)).userId).toBe(manager.kind === "user" ? manager.userId : "");
  });

  test("what a parameter names is found by its id and as people call it; what is not there is told by its title", async () => {
    const category = await createCategory({ name: "Pens" });
    await announceChanges();
    for (const text of [category.id, "pens", "Pens"]) {
      const { jobId } = await startJob(manager, { type: "export.products", parameters: { category: text } });
      expect(await jobOf(jobId)).toMatchObject({ parameters: { category: category.id } });
    }
    await expect(startJob(manager, { type: "export.products", parameters: { category: "Ink" } })).rejects.toMatchObject(
      {
        code: "invalid_input",
        message: 'Category: There is none that is called "Ink", or more than one.',
        fields: { category: expect.any(String) },
      },
    );
  });

  test("a name that several have is nobody's", async () => {
    const [top, other] = [await createCategory({ name: "Pens" }), await createCategory({ name: "School" })];
    const below = await createCategory({ name: "Pens" }, other);
    await announceChanges();
    expect(await getChoice(manager, "category", "Pens")).toBeNull();
    expect(await getChoice(manager, "category", below.path)).toMatchObject({ value: below.id, detail: "School" });
    expect(await getChoice(manager, "category", top.id)).toMatchObject({ value: top.id });
  });

  test("a kind that there is none of, and parameters that are none, are refused in words", async () => {
    await expect(startJob(manager, { type: "world.peace" })).rejects.toMatchObject({
      code: "not_found",
      message: 'There is no kind of job "world.peace".',
    });
    await expect(startJob(manager, { type: "duplicates.find", parameters: { often: true } })).rejects.toMatchObject({
      message: 'There is no parameter "often". This job takes none.',
    });
    expect(await db.job.count()).toBe(0);
  });

  test("a bulk edit names the parameter that does not fit what is done", async () => {
    const ask = (parameters: Record<string, unknown>) => startJob(manager, { type: "bulk.plan", parameters });
    await expect(ask({ do: "math", value: "ten", field: "price cents" })).rejects.toMatchObject({
      fields: { value: "Enter a number like 10 or -2.5." },
    });
    await expect(ask({ do: "set", value: "x" })).rejects.toMatchObject({ fields: { field: "Choose a field." } });
    await expect(ask({ do: "math", value: "1", field: "name" })).rejects.toMatchObject({
      fields: { field: "Name is no number." },
    });
    expect(await db.syncHistory.count()).toBe(0);
  });

  test("a held run is not applied before its reason is accepted", async () => {
    const { id, number } = await importRows({ A1: {} }, { yes: false });
    const reason = "It is larger than usual.";
    await transaction((tx) => tx.syncHistory.update({ where: { id }, data: { heldReason: reason } }));
    const ask = (acceptHeld: boolean) =>
      startJob(manager, { type: "sync.apply", parameters: { run: String(number), acceptHeld } });
    await expect(ask(false)).rejects.toMatchObject({
      code: "conflict",
      fields: { acceptHeld: expect.stringContaining(reason) },
    });
    const { jobId } = await ask(true);
    await workOff(jobId);
    expect(await jobOf(jobId)).toMatchObject({ status: "completed", result: { status: "success" } });
  });
});

describe("twice", () => {
  test("of two people who ask for the same at once, both wait for one job", async () => {
    const asked = await Promise.all([
      startJob(manager, { type: "quality.refresh" }),
      startJob(admin, { type: "quality.refresh" }),
    ]);
    expect(asked[0]).toEqual(asked[1]);
    expect(await db.job.count()).toBe(1);
  });

  test("of two people who undo a run at once, the second is told", async () => {
    const { number } = await importRows({ A1: {} });
    const ask = (who: Actor) => startJob(who, { type: "sync.undo", parameters: { run: `run ${number}` } });
    const settled = await Promise.allSettled([ask(manager), ask(admin)]);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(settled.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });
});

describe("again with changes", () => {
  test("a job's form is filled with what it was started with, and the new job says which it repeats", async () => {
    const { id } = await createFeedSource({ name: "Acme", kind: "erp" });
    await createFeedSource({ name: "Other", kind: "erp" });
    const { jobId } = await startJob(manager, { type: "feed.sample", parameters: { source: "Acme" } });
    const earlier = await getGivenParameters(staff, jobId);
    expect(earlier).toMatchObject({ type: "feed.sample", values: { source: id } });
    const form = await newJobForm(manager, "feed.sample", earlier?.values ?? {});
    expect(form).toMatchObject({ values: { source: id }, chosen: { source: [{ value: id, label: "Acme" }] } });
    const again = await startJob(manager, { type: "feed.sample", parameters: form.values, clonedFromId: jobId });
    expect(await jobOf(again.jobId)).toMatchObject({ clonedFromId: jobId, options: { given: { source: id } } });
    await expect(startJob(manager, { type: "quality.refresh", clonedFromId: jobId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("an import that its own page started is remembered by its run", async () => {
    const { jobId, feedSourceId } = await importRows({ A1: {} }, { dryRun: true, yes: false });
    const earlier = await getGivenParameters(manager, jobId ?? "");
    expect(earlier?.values).toMatchObject({ source: feedSourceId, dryRun: true, yes: false });
    expect(String(earlier?.values?.path)).toMatch(/\.csv$/);
  });

  test("what is gone by then is left open, and the only choice there is is made", async () => {
    const { id } = await createFeedSource({ name: "Acme", kind: "erp" });
    const gone = "019a0000-0000-7000-8000-000000000000";
    expect(await newJobForm(manager, "feed.sample", { source: gone })).toMatchObject({ values: { source: id } });
    await createFeedSource({ name: "Other", kind: "erp" });
    expect(await newJobForm(manager, "feed.sample", { source: gone })).toMatchObject({ values: { source: "" } });
    expect(await getGivenParameters(manager, gone)).toBeNull();
    const old = await createJob({ jobType: "feed.sample", parameters: { nonsense: 1 } });
    expect(await getGivenParameters(manager, old.id)).toMatchObject({ values: null });
  });
});

describe("choices", () => {
  test("each kind offers what there is, by its words, and finds it again by what it offered", async () => {
    const { id: productId } = await createProduct({ sku: "PEN-1", name: "Quill" });
    await createCategory({ name: "Pens" });
    await createDefinition({ namespace: "custom", key: "grip", name: "Grip" });
    await createFeedSource({ name: "Acme", kind: "erp", connection: { type: "folder", path: "/tmp" } });
    await importRows({ A1: {} });
    await createRun({ status: "review" });
    await announceChanges(productId);
    const empty: string[] = [];
    for (const kind of CHOICE_KINDS) {
      const offered = await listChoices(staff, { kind, q: "" });
      if (offered.length === 0) empty.push(kind);
      for (const choice of offered) expect(await getChoice(staff, kind, choice.value)).toMatchObject(choice);
      expect(await listChoices(staff, { kind, q: "zzzqqq" })).toEqual([]);
      expect(await getChoice(staff, kind, "zzzqqq")).toBeNull();
    }
    expect(empty).toEqual(["held-row"]);
    expect(await listChoices(staff, { kind: "fetched-source", q: "" })).toMatchObject([{ label: "Acme" }]);
    expect(await listChoices(staff, { kind: "product", q: "quill" })).toMatchObject([{ label: "PEN-1" }]);
  });
});

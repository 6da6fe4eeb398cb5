import { beforeEach, expect, test } from "vitest";
import { iconRequest } from "@/lib/icons/icon-request";
import { requestIcons } from "@/lib/icons/request-icons";
import { announceChanges } from "@/lib/testing/api";
import { actor, actorOf, createCategory, createFeedSource, createJob, createUser } from "@/lib/testing/factories";
import { importRows } from "@/lib/testing/import-rows";
import { resetDatabase } from "@/lib/testing/reset";
import { getGivenParameters } from "./given-parameters";
import { newJobForm } from "./new-job-form";
import { parametersInWords } from "./parameters-in-words";
import { startJob } from "./start-job";

const staff = actor("staff");
beforeEach(resetDatabase);

/** By title: what a person reads. */
async function told(jobId: string) {
  const entries = await parametersInWords(staff, jobId);
  return entries && Object.fromEntries(entries.map(({ label, value }) => [label, value]));
}

test("what was given stands in the form's words, with the names of what it is about", async () => {
  const manager = actorOf(await createUser("manager"));
  const category = await createCategory({ name: "Pens" });
  await announceChanges();
  const { jobId } = await startJob(manager, {
    type: "export.products",
    parameters: { format: "xlsx", category: "Pens", query: "" },
  });
  expect(await told(jobId)).toMatchObject({
    Category: { kind: "text", text: "Pens", href: `/catalog/${category.path}` },
    Format: { kind: "text", text: "Excel" },
  });
  expect(await told(jobId)).not.toHaveProperty("Which products");
});

test("an import from its own page tells its feed, its file and whether it was a dry run", async () => {
  const { jobId, feedSourceId } = await importRows({ A1: {} }, { dryRun: true, yes: false });
  expect(await told(jobId ?? "")).toMatchObject({
    Feed: { kind: "text", href: `/feeds/${feedSourceId}` },
    "Place on the server": { kind: "text", text: expect.stringMatching(/\.csv$/) },
    "Dry run": { kind: "text", text: "yes" },
  });
});

test("icons asked for on their own page are told, and asked for again, in the words of the job's form", async () => {
  const manager = actorOf(await createUser("manager"));
  const [pens, ink] = [await createCategory({ name: "Pens" }), await createCategory({ name: "Ink" })];
  await announceChanges();
  const target = { kind: "categories" as const, ids: [pens.id, ink.id] };
  const asked = iconRequest.parse({ target, style: "flat", color: "blue" });
  const { jobId } = await requestIcons(manager, asked);
  expect(await told(jobId)).toMatchObject({
    "Which categories": { text: "Certain categories" },
    Categories: { kind: "list", items: ["Pens", "Ink"], more: 0 },
    "Made by": { text: "Built-in generator" },
    Style: { text: "Flat" },
  });
  const form = await newJobForm(manager, "icons.generate", (await getGivenParameters(staff, jobId))?.values ?? {});
  expect(form.values).toMatchObject({ which: "category", categories: target.ids, style: "flat", color: "blue" });
  const again = await startJob(manager, { type: "icons.generate", parameters: form.values, clonedFromId: jobId });
  expect(await told(again.jobId)).toEqual(await told(jobId));
});

test("what is gone by now is told as gone; of what only its payload is known, nothing is made up", async () => {
  const { id } = await createFeedSource({ name: "Acme", kind: "erp" });
  const gone = await createJob({
    jobType: "feed.sample",
    parameters: { sourceId: "019a0000-0000-7000-8000-000000000000" },
  });
  expect(await told(gone.id)).toEqual({ Feed: { kind: "text", text: "is gone by now", href: undefined } });
  const there = await createJob({ jobType: "feed.sample", parameters: { sourceId: id } });
  expect(await told(there.id)).toMatchObject({ Feed: { text: "Acme" } });
  const old = await createJob({
    jobType: "icons.generate",
    parameters: { batchId: id, makeAnew: false, useAtOnce: false },
  });
  expect(await told(old.id)).toBeNull();
  expect(await parametersInWords(staff, (await createJob({ jobType: "duplicates.find" })).id)).toEqual([]);
});

import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { newMetafieldName } from "@/lib/catalog/product-changes";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError, type FieldErrors } from "@/lib/errors";
import { metafieldType, parseMetafield, rulesOf } from "@/lib/metafields/types";
import type { FieldChange } from "@/lib/sync/change";
import { startPersonRun } from "@/lib/sync/person-run/start-person-run";
import { endCategoryRun } from "./end-category-run";
import { templateItems, templateWords } from "./template-words";
import { getRowOrThrow, lockTree } from "./tree-rows";
import type { TreeStep } from "./tree-step";
import { readDetails } from "./write-details";
import { writeSteps } from "./write-steps";

const stored = z.string().max(100_000).nullable();

/** Each part with what the person saw: a part that somebody changed meanwhile is not written over. */
export const editCategoryInput = z.object({
  id: z.uuid(),
  description: z
    .object({ from: z.string(), to: z.string().trim().max(20_000, "Use at most 20,000 letters.") })
    .optional(),
  /** `to` null removes it. */
  metafields: z
    .array(z.object({ namespace: z.string(), key: z.string(), type: z.string().max(100), from: stored, to: stored }))
    .max(250)
    .default([]),
  /** `from` as templateWords says it. */
  template: z.object({ from: z.string().nullable(), to: templateItems }).optional(),
});
export type EditCategoryInput = z.input<typeof editCategoryInput>;

/**
 * Changes what a category says of itself and asks of its products, as a run that can be undone.
 * @throws {AppError} `not_found`; `invalid_input` with a sentence per field; `conflict` with the fields that somebody
 * changed meanwhile, nothing being written
 */
export async function editCategory(actor: Actor, input: z.output<typeof editCategoryInput>) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    await lockTree(tx);
    const node = await getRowOrThrow(tx, input.id);
    const lines = await linesOf(tx, input);
    if (lines.length === 0) return { number: null, runId: null };
    const run = await startPersonRun(tx, actor, { kind: "category", title: `Edit of “${node.name}”` });
    const steps: TreeStep[] = [{ kind: "update", node, lines }];
    const bytes = await writeSteps(tx, run.id, steps);
    await endCategoryRun(tx, run.id, steps, bytes);
    await raiseCatalogueVersion(tx, "categories");
    const values = (side: "before" | "after") => Object.fromEntries(lines.map((line) => [line.field, line[side]]));
    const target = { entity: "category", entityId: node.id };
    await recordAudit(tx, actor, "category.edit", target, {
      before: values("before"),
      after: { ...values("after"), run: run.number },
    });
    return { number: run.number, runId: run.id };
  });
}

async function linesOf(tx: Tx, { id, description, metafields, template }: z.output<typeof editCategoryInput>) {
  const now = await readDetails(tx, id);
  const lines: FieldChange[] = [];
  const moved: string[] = [];
  const errors: FieldErrors = {};
  const add = (line: FieldChange, seen: FieldChange["before"]) => {
    if (line.before === line.after) return;
    if (seen === line.before) lines.push(line);
    else moved.push(line.field);
  };
  if (description) {
    add({ field: "description", before: now.description, after: description.to }, description.from);
  }
  const definitions = await tx.metafieldDefinition.findMany({
    where: { OR: [...metafields, ...(template?.to ?? [])].map(({ namespace, key }) => ({ namespace, key })) },
    select: { namespace: true, key: true, type: true, validations: true },
  });
  const definitionOf = new Map(definitions.map((one) => [`${one.namespace}.${one.key}`, one]));
  for (const { namespace, key, from, to, ...given } of metafields) {
    const name = `${namespace}.${key}`;
    const there = now.metafields.get(name);
    const definition = definitionOf.get(name);
    const type = metafieldType(definition?.type ?? there?.type ?? given.type);
    const isNamed = there || definition || newMetafieldName.safeParse({ namespace, key }).success;
    const parsed = to === null || !type ? null : parseMetafield(type, to, rulesOf(definition?.validations));
    if (!type) errors[name] = `There is no type called ${given.type}.`;
    else if (!isNamed) errors[name] = "Use 3 or more letters, digits, - or _ as namespace, and 2 or more as key.";
    else if (parsed && !parsed.ok) errors[name] = parsed.error;
    else {
      const after = parsed?.ok ? parsed.value : null;
      add({ field: `metafield:${name}`, before: there?.value ?? null, after, type }, from);
    }
  }
  if (template) {
    const unknown = template.to.find(({ namespace, key }) => !definitionOf.has(`${namespace}.${key}`));
    if (unknown) errors.template = `No metafield is called ${unknown.namespace}.${unknown.key}.`;
    const names = new Set(template.to.map(({ namespace, key }) => `${namespace}.${key}`));
    if (names.size < template.to.length) errors.template = "Name each metafield once.";
    add({ field: "template", before: now.template, after: templateWords(template.to) }, template.from);
  }
  if (Object.keys(errors).length > 0) {
    throw new AppError("invalid_input", "Some values are not right. Correct them and save again.", { fields: errors });
  }
  if (moved.length > 0) {
    const message = "Somebody changed this category meanwhile. Nothing was saved; reload to see it as it is now.";
    throw new AppError("conflict", message, { details: { fields: moved } });
  }
  return lines;
}

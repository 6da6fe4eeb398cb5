import "server-only";
import { v7 as uuid } from "uuid";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { raiseCatalogueVersion } from "@/lib/catalog/catalogue-version";
import { insertRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { rulesOf } from "../types";
import type {
  DefinitionFacts,
  NewDefinitionInput,
  orderPinnedInput,
  retypeDefinitionInput,
  UpdateDefinitionInput,
} from "./definition-input";
import { wrongValidations } from "./validations";

const ENTITY = "MetafieldDefinition";

/** Makes a definition before any product has a value of it. @throws {AppError} `conflict` when its name is taken; `invalid_input` */
export async function createDefinition(actor: Actor, input: NewDefinitionInput): Promise<{ id: string }> {
  assertCan(actor, "catalog:write");
  refuseWrong(input.type, input);
  const { namespace, key } = input;
  return transaction(async (tx) => {
    const now = new Date();
    const id = uuid();
    await insertRows(tx, ENTITY, [{ ...input, id, version: 1, createdAt: now, updatedAt: now }], {
      onConflict: "nothing",
    });
    if ((await tx.metafieldDefinition.count({ where: { id } })) === 0) {
      const sentence = `${namespace}.${key} exists already. Open it from the list.`;
      throw new AppError("conflict", sentence, { fields: { key: sentence } });
    }
    // What is asked of products may have changed.
    await raiseCatalogueVersion(tx, "categories");
    await recordAudit(tx, actor, "definition.create", { entity: ENTITY, entityId: id }, { after: input });
    return { id };
  });
}

/**
 * Changes what a definition says of its metafields. Values that no longer fit stay as they are: they must fit once a
 * person edits them (`checkValues` tells which beforehand).
 * @throws {AppError} `conflict` when somebody changed it since `version`; `invalid_input`; `not_found`
 */
export async function updateDefinition(actor: Actor, { id, version, ...facts }: UpdateDefinitionInput) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const before = await definitionAt(tx, id, version);
    refuseWrong(before.type, facts);
    const was = { ...before.facts };
    const changed = Object.keys(facts).filter(
      (name) => !isSame(was[name as keyof DefinitionFacts], facts[name as keyof DefinitionFacts]),
    );
    if (changed.length === 0) return { version };
    await write(tx, id, version, facts);
    if (was.isRequired !== facts.isRequired) await raiseCatalogueVersion(tx, "categories");
    const pick = (from: DefinitionFacts) =>
      Object.fromEntries(changed.map((name) => [name, from[name as keyof DefinitionFacts]]));
    await recordAudit(
      tx,
      actor,
      "definition.update",
      { entity: ENTITY, entityId: id },
      { before: pick(was), after: pick(facts) },
    );
    return { version: version + 1 };
  });
}

/**
 * Gives a definition another type, as long as no product has a value of it.
 * @throws {AppError} `conflict` when one has, or somebody changed it since `version`
 */
export async function retypeDefinition(actor: Actor, { id, version, type }: z.output<typeof retypeDefinitionInput>) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const before = await definitionAt(tx, id, version);
    if (before.type === type) return { version };
    const { namespace, key } = before;
    if (await tx.productMetafield.findFirst({ where: { namespace, key }, select: { id: true } })) {
      throw new AppError("conflict", "Products have values of it: its type can't be changed any more.");
    }
    // Validations of one type mean nothing to another.
    await write(tx, id, version, { type, validations: [] });
    await recordAudit(
      tx,
      actor,
      "definition.update",
      { entity: ENTITY, entityId: id },
      { before: { type: before.type, validations: before.facts.validations }, after: { type, validations: [] } },
    );
    return { version: version + 1 };
  });
}

/**
 * Puts the pinned definitions into a new order; one that is new in the list is pinned, one that lacks is unpinned.
 * @throws {AppError} `conflict` when somebody changed the order meanwhile
 */
export async function orderPinned(actor: Actor, { from, to }: z.output<typeof orderPinnedInput>) {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    await lockName(tx, "metafield definitions");
    const pinned = await tx.metafieldDefinition.findMany({
      where: { pinnedPosition: { not: null } },
      select: { id: true },
      orderBy: [{ pinnedPosition: "asc" }, { namespace: "asc" }, { key: "asc" }],
    });
    const now = pinned.map(({ id }) => id);
    if (!isSame(now, from)) {
      throw new AppError(
        "conflict",
        "Somebody changed what is pinned meanwhile. Look at the list again, then repeat it.",
      );
    }
    const wanted = [...new Set(to)];
    const known = await tx.metafieldDefinition.count({ where: { id: { in: wanted } } });
    if (known !== wanted.length) throw new AppError("not_found", "There is no such metafield definition.");
    await tx.metafieldDefinition.updateMany({
      where: { id: { in: now.filter((id) => !wanted.includes(id)) } },
      data: { pinnedPosition: null },
    });
    for (const [pinnedPosition, id] of wanted.entries()) {
      if (now[pinnedPosition] !== id) {
        await tx.metafieldDefinition.update({ where: { id }, data: { pinnedPosition }, select: { id: true } });
      }
    }
    await recordAudit(
      tx,
      actor,
      "definition.pin",
      { entity: ENTITY, entityId: "pinned" },
      { before: { pinned: now }, after: { pinned: wanted } },
    );
  });
}

function refuseWrong(type: string, facts: Pick<DefinitionFacts, "validations">) {
  const fields = wrongValidations(type, rulesOf(facts.validations));
  if (Object.keys(fields).length > 0) {
    throw new AppError("invalid_input", "Nothing was saved: correct the marked fields.", { fields });
  }
}

async function definitionAt(tx: Tx, id: string, version: number) {
  const found = await tx.metafieldDefinition.findUnique({ where: { id } });
  if (!found) throw new AppError("not_found", "There is no such metafield definition.");
  if (found.version !== version) throw changedMeanwhile();
  const { name, description, isRequired, namespace, key, type } = found;
  const validations = Object.entries(rulesOf(found.validations)).map(([rule, value = ""]) => ({ name: rule, value }));
  return { namespace, key, type, facts: { name, description, isRequired, validations } };
}

async function write(tx: Tx, id: string, version: number, data: object) {
  const { count } = await tx.metafieldDefinition.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) throw changedMeanwhile();
}

function changedMeanwhile() {
  return new AppError(
    "conflict",
    "Somebody changed this definition meanwhile. Load the page again to see it; what you typed is not saved.",
  );
}

function isSame(a: unknown, b: unknown) {
  return JSON.stringify(a) === JSON.stringify(b);
}

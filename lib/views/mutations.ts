import "server-only";
import { z } from "zod";
import { recordAudit } from "@/lib/audit";
import { type Actor, actorUserId, assertCan, can } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { mayChange } from "./list-views";
import { parseViewQuery, viewQuery } from "./view-query";

/** A person's own; beyond it the menu helps nobody. */
const MOST_OWN = 100;

const name = z.string().trim().min(1, "Give the view a name.").max(80, "Shorten the name to 80 characters.");
/** Kept as an address would say it: what is no part of a list is dropped here. */
const query = z
  .string()
  .max(20_000)
  .transform((text) => viewQuery(parseViewQuery(text)));
const known = { id: z.uuid(), version: z.number().int().min(1) };

export const createViewInput = z.object({ name, query, isShared: z.boolean() });
export const updateViewInput = z.object({
  ...known,
  name: name.optional(),
  query: query.optional(),
  isShared: z.boolean().optional(),
});
export const deleteViewInput = z.object(known);
export const defaultViewInput = z.object({ id: z.uuid().nullable() });

/** Keeps a list under a name. @throws {AppError} `forbidden`; `conflict` where the person has one of that name */
export async function createView(actor: Actor, input: z.output<typeof createViewInput>) {
  assertCan(actor, "view:own");
  assertMayShare(actor, input.isShared);
  const ownerId = personOrThrow(actor);
  return transaction(async (tx) => {
    await assertNameFree(tx, ownerId, input.name);
    if ((await tx.savedView.count({ where: { ownerId } })) >= MOST_OWN) {
      throw new AppError("conflict", `You keep ${MOST_OWN} views already. Delete one that you no longer need.`);
    }
    const view = await tx.savedView.create({ data: { ...input, ownerId }, select: { id: true, version: true } });
    await recordAudit(tx, actor, "view.create", { entity: "view", entityId: view.id }, { after: input });
    return view;
  });
}

/**
 * Renames, overwrites or shares a view.
 * @throws {AppError} `not_found`, `forbidden`; `conflict` where somebody changed it meanwhile, or its name is taken
 */
export async function updateView(actor: Actor, { id, version, ...changes }: z.output<typeof updateViewInput>) {
  assertCan(actor, "view:own");
  if (changes.isShared !== undefined) assertMayShare(actor, changes.isShared);
  return transaction(async (tx) => {
    const view = await changeable(tx, actor, id);
    if (changes.name !== undefined && changes.name !== view.name) await assertNameFree(tx, view.ownerId, changes.name);
    const { count } = await tx.savedView.updateMany({
      where: { id, version },
      data: { ...changes, version: { increment: 1 } },
    });
    if (count === 0) throw changedMeanwhile(view.name);
    // Nobody's list opens with a view that they can't see any more.
    if (changes.isShared === false) {
      await tx.defaultView.deleteMany({ where: { viewId: id, userId: { not: view.ownerId } } });
    }
    const before = { name: view.name, query: view.query, isShared: view.isShared };
    await recordAudit(tx, actor, "view.update", { entity: "view", entityId: id }, { before, after: changes });
    return { version: version + 1 };
  });
}

/** The answer is what `createView` takes to bring it back. @throws {AppError} as `updateView` */
export async function deleteView(actor: Actor, { id, version }: z.output<typeof deleteViewInput>) {
  assertCan(actor, "view:own");
  return transaction(async (tx) => {
    const view = await changeable(tx, actor, id);
    const { count } = await tx.savedView.deleteMany({ where: { id, version } });
    if (count === 0) throw changedMeanwhile(view.name);
    const kept = { name: view.name, query: view.query, isShared: view.isShared };
    await recordAudit(tx, actor, "view.delete", { entity: "view", entityId: id }, { before: kept });
    return kept;
  });
}

/** The view that the person's list opens with; null is none. @throws {AppError} `not_found` */
export async function setDefaultView(actor: Actor, { id }: z.output<typeof defaultViewInput>) {
  assertCan(actor, "view:own");
  const userId = personOrThrow(actor);
  await transaction(async (tx) => {
    if (id === null) {
      await tx.defaultView.deleteMany({ where: { userId } });
      return;
    }
    await visible(tx, actor, id);
    await tx.defaultView.upsert({ where: { userId }, create: { userId, viewId: id }, update: { viewId: id } });
  });
}

function assertMayShare(actor: Actor, isShared: boolean) {
  if (!isShared || can(actor, "catalog:write")) return;
  throw new AppError("forbidden", "Your role keeps views for yourself. Ask a manager to share one with everybody.");
}

function personOrThrow(actor: Actor): string {
  const id = actorUserId(actor);
  if (id === null) throw new AppError("forbidden", "Only a person keeps views.");
  return id;
}

async function visible(tx: Tx, actor: Actor, id: string) {
  const view = await tx.savedView.findUnique({ where: { id } });
  const isSeen = view && (view.isShared || view.ownerId === actorUserId(actor));
  if (!isSeen) throw new AppError("not_found", "This view is not there any more.");
  return view;
}

async function changeable(tx: Tx, actor: Actor, id: string) {
  const view = await visible(tx, actor, id);
  if (mayChange(actor, view)) return view;
  throw new AppError("forbidden", "This view is somebody else's. Save your own under another name.");
}

async function assertNameFree(tx: Tx, ownerId: string, wanted: string) {
  await lockName(tx, "views");
  const taken = await tx.savedView.count({ where: { ownerId, name: wanted } });
  if (taken > 0) throw new AppError("conflict", `There is a view “${wanted}” already. Choose another name.`);
}

function changedMeanwhile(called: string) {
  return new AppError("conflict", `The view “${called}” was changed meanwhile. Look at it again, then decide.`);
}

import "server-only";
import { recordAudits } from "@/lib/audit";
import { type Actor, actorUserId, assertCan } from "@/lib/auth/actor";
import { selectRows, updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import type { IconStatus, ReviewState } from "@/prisma/generated/sqlite/enums";
import { recordActivations } from "./record-activations";

export interface Activation {
  categoryId: string;
  /** Null: it shows none from now on. */
  iconId: string | null;
  /** The icon that the person saw standing for it, null for none; left out, whatever stands there is replaced. */
  seenIconId?: string | null;
}

interface StoredIcon {
  id: string;
  categoryId: string | null;
  filename: string;
  fileHash: string;
  status: IconStatus;
  reviewState: ReviewState;
  fileMissing: boolean;
}

/**
 * Makes an icon the one that stands for a category, or none: the one way in which that changes. The one before goes on
 * being the category's, inactive. The history is kept, and so is who did it. The tree asks for icons with each level,
 * so it follows at once.
 * @throws {AppError} `not_found`; `conflict` when the icon can't stand for it, or another one does than was seen
 */
export async function activateIcon(tx: Tx, actor: Actor, activation: Activation): Promise<{ isChanged: boolean }> {
  return { isChanged: (await activateIcons(tx, actor, [activation])) > 0 };
}

/**
 * As `activateIcon`, for many categories, each named once; all or none. Gives how many show another icon by now.
 * @throws {AppError} as `activateIcon`
 */
export async function activateIcons(tx: Tx, actor: Actor, wanted: readonly Activation[]): Promise<number> {
  assertCan(actor, "catalog:write");
  await lockName(tx, "category icons");
  const [names, icons, shown] = await readAll(tx, wanted);
  const changes = wanted.flatMap((one) => {
    const icon = one.iconId === null ? null : icons.get(one.iconId);
    const before = shown.get(one.categoryId) ?? null;
    const name = names.get(one.categoryId);
    if (name === undefined) throw new AppError("not_found", "This category is not there any more.");
    if (icon === undefined) throw new AppError("not_found", "This icon is not there any more.");
    assertSeen(one, before, name);
    if (icon) assertUsable(icon, one.categoryId);
    return icon?.id === before?.id ? [] : [{ categoryId: one.categoryId, name, icon, before }];
  });
  await write(tx, actor, changes);
  return changes.length;
}

/** `activateIcon` for a person, in a transaction of its own. */
export function chooseIcon(actor: Actor, activation: Required<Activation>): Promise<{ isChanged: boolean }> {
  assertCan(actor, "catalog:write");
  return transaction((tx) => activateIcon(tx, actor, activation));
}

type Change = { categoryId: string; name: string; icon: StoredIcon | null; before: StoredIcon | null };

const COLUMNS = ["id", "categoryId", "filename", "fileHash", "status", "reviewState", "fileMissing"];
const ICON = COLUMNS.map((column) => `"Icon"."${column}"`).join(", ");

async function readAll(tx: Tx, wanted: readonly Activation[]) {
  const categoryIds = wanted.map(({ categoryId }) => categoryId);
  const iconIds = wanted.flatMap(({ iconId }) => iconId ?? []);
  const categories = await selectRows<{ id: string; name: string }>(
    tx,
    "Category",
    `"Category"."id", "Category"."name"`,
    "id",
    categoryIds,
  );
  const icons = await selectRows<StoredIcon>(tx, "Icon", ICON, "id", iconIds);
  const shown = await selectRows<StoredIcon>(tx, "Icon", ICON, "categoryId", categoryIds, `"Icon"."status" = 'active'`);
  return [
    new Map(categories.map(({ id, name }) => [id, name])),
    new Map(icons.map((icon) => [icon.id, icon])),
    new Map(shown.map((icon) => [icon.categoryId, icon])),
  ] as const;
}

function assertSeen({ seenIconId }: Activation, before: StoredIcon | null, name: string) {
  if (seenIconId === undefined || seenIconId === (before?.id ?? null)) return;
  const now = before ? `shows ${before.filename} by now` : "shows no icon any more";
  throw new AppError(
    "conflict",
    `Somebody changed the icon of “${name}” meanwhile: it ${now}. Look at it and try again.`,
  );
}

function assertUsable(icon: StoredIcon, categoryId: string) {
  const refuse = (why: string) => {
    throw new AppError("conflict", `${icon.filename} ${why}`);
  };
  if (icon.status === "generating" || icon.status === "failed") refuse("is not made yet. Choose another icon.");
  if (icon.fileMissing) refuse("has lost its file. Upload it again or choose another icon.");
  if (icon.reviewState === "rejected") refuse("was rejected. Approve it first, or choose another icon.");
  if (icon.status === "active" && icon.categoryId !== null && icon.categoryId !== categoryId) {
    refuse("stands for another category. Give that one another icon first.");
  }
}

/** Who is shown no more steps back first: a category never has two. */
async function write(tx: Tx, actor: Actor, changes: Change[]) {
  const now = new Date();
  const back = changes.flatMap(({ before }) => (before ? [{ id: before.id, status: "inactive", updatedAt: now }] : []));
  await updateRows(tx, "Icon", ["id"], back, ["version"]);
  const forward = changes.flatMap(({ icon, categoryId }) =>
    icon ? [{ id: icon.id, status: "active", reviewState: "approved", categoryId, updatedAt: now }] : [],
  );
  await updateRows(tx, "Icon", ["id"], forward, ["version"]);
  await recordActivations(tx, { userId: actorUserId(actor), actorName: actor.name }, changes);
  await recordAudits(
    tx,
    actor,
    "icon.activate",
    changes.map(({ categoryId, icon, before }) => ({
      entity: "category",
      entityId: categoryId,
      before: told(before),
      after: told(icon),
    })),
  );
}

function told(icon: StoredIcon | null) {
  return { icon: icon?.filename ?? "none", iconId: icon?.id ?? null };
}

import "server-only";
import { selectRows, updateRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { personNames } from "@/lib/users/person-names";
import type { IconStatus, ReviewState } from "@/prisma/generated/sqlite/enums";
import { recordActivations, type ShownFrom } from "./record-activations";

interface Handed {
  id: string;
  categoryId: string;
  fileHash: string;
  status: IconStatus;
  reviewState: ReviewState;
  fileMissing: boolean;
}

/** An icon of a merged category, with the status it had there. */
interface HandedBefore {
  id: string;
  status: string;
}

/**
 * Hands a category's icons to the one it is merged into. What that one shows stays; where it shows none, the other's
 * icon goes on standing for it. What changed for both is in their history, by whoever the run is of.
 * @returns them as they were
 */
export async function handOverIcons(tx: Tx, runId: string, id: string, intoId: string): Promise<HandedBefore[]> {
  await lockName(tx, "category icons");
  const icons = await iconsOf(tx, "categoryId", [id, intoId]);
  const isTaken = icons.some(({ categoryId, status }) => categoryId === intoId && status === "active");
  const handed = icons.filter(({ categoryId }) => categoryId === id);
  const statusOf = ({ status }: Handed) => (isTaken && status === "active" ? "inactive" : status);
  await write(
    tx,
    handed.map((icon) => ({ id: icon.id, categoryId: intoId, status: statusOf(icon) })),
  );
  const shown = handed.find(({ status }) => status === "active");
  if (shown)
    await record(tx, runId, [
      { categoryId: id, icon: null },
      ...(isTaken ? [] : [{ categoryId: intoId, icon: shown }]),
    ]);
  return handed.map(({ id: iconId, status }) => ({ id: iconId, status }));
}

/**
 * Gives a category that is there again its icons back, and shows the one it showed. What a person has chosen for the
 * other category since, or taken from it, stays where it is.
 */
export async function giveBackIcons(
  tx: Tx,
  runId: string,
  { id, intoId, icons }: { id: string; intoId: string; icons: readonly HandedBefore[] },
) {
  await lockName(tx, "category icons");
  const before = new Map(icons.map((icon) => [icon.id, icon.status]));
  const now = await iconsOf(tx, "id", [...before.keys()]);
  const back = now.filter(
    (icon) => icon.categoryId === intoId && !(icon.status === "active" && before.get(icon.id) !== "active"),
  );
  const isShown = (icon: Handed) =>
    before.get(icon.id) === "active" && icon.reviewState !== "rejected" && !icon.fileMissing;
  const statusOf = (icon: Handed) => {
    if (isShown(icon)) return "active";
    return icon.status === "active" ? "inactive" : icon.status;
  };
  await write(
    tx,
    back.map((icon) => ({ id: icon.id, categoryId: id, status: statusOf(icon) })),
  );
  const changes: ShownFrom[] = [];
  if (back.some(({ status }) => status === "active")) changes.push({ categoryId: intoId, icon: null });
  const shown = back.find(isShown);
  if (shown) changes.push({ categoryId: id, icon: shown });
  await record(tx, runId, changes);
}

const COLUMNS = ["id", "categoryId", "fileHash", "status", "reviewState", "fileMissing"];

function iconsOf(tx: Tx, column: "id" | "categoryId", ids: readonly string[]) {
  return selectRows<Handed>(tx, "Icon", COLUMNS.map((name) => `"Icon"."${name}"`).join(", "), column, [...ids]);
}

function write(tx: Tx, rows: { id: string; categoryId: string; status: string }[]) {
  const updatedAt = new Date();
  return updateRows(
    tx,
    "Icon",
    ["id"],
    rows.map((row) => ({ ...row, updatedAt })),
    ["version"],
  );
}

async function record(tx: Tx, runId: string, changes: readonly ShownFrom[]) {
  if (changes.length === 0) return;
  const { userId } = await tx.syncHistory.findUniqueOrThrow({ where: { id: runId }, select: { userId: true } });
  const names = await personNames(tx, userId === null ? [] : [userId]);
  await recordActivations(tx, { userId, actorName: names.get(userId ?? "") ?? "system" }, changes);
}

import "server-only";
import { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { deleteRows, selectRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { activateIcons } from "./activate";
import { type ChosenIcon, type LeftOut, takeChosen } from "./chosen-icons";
import { deletionWords, iconChoice } from "./icon-choice";

export const deleteIconsInput = z.object({
  icons: iconChoice,
  /** What categories show whose icon is among them: the one before it, as far as it is there, or none. */
  instead: z.enum(["previous", "none"]).optional(),
  confirmation: z.string().max(100).optional(),
});

export interface DeletedIcons extends LeftOut {
  deleted: number;
  /** Categories that lost the icon they showed. */
  replaced: number;
}

/**
 * Deletes icons. What is known of their making stays with the generations, and which category showed them when stays in
 * its history; the files go with the next clean-up, once nothing names them.
 * @throws {AppError} `conflict` when one stands for a category and `instead` is not said, or all changed meanwhile;
 * `invalid_input` without the typed confirmation
 */
export async function deleteIcons(actor: Actor, input: z.output<typeof deleteIconsInput>): Promise<DeletedIcons> {
  assertCan(actor, "catalog:write");
  assertConfirmed(actor, input.icons.length, input.confirmation);
  return transaction(async (tx) => {
    const { icons, changedMeanwhile } = await takeChosen(tx, input.icons);
    const shown = icons.filter(({ status, categoryId }) => status === "active" && categoryId !== null);
    if (shown.length > 0 && !input.instead) {
      const what = shown.length === 1 ? `${shown[0]?.filename} stands` : `${formatPlural(shown.length, "icon")} stand`;
      throw new AppError("conflict", `${what} for a category. Say what is shown instead.`, {
        details: { shown: shown.length },
      });
    }
    const before = input.instead === "previous" ? await previousIcons(tx, shown, icons) : new Map<string, string>();
    const replaced = await activateIcons(
      tx,
      actor,
      shown.flatMap(({ categoryId }) =>
        categoryId === null ? [] : [{ categoryId, iconId: before.get(categoryId) ?? null }],
      ),
    );
    await recordAudits(
      tx,
      actor,
      "icon.delete",
      icons.map(({ id, filename, categoryId }) => ({
        entity: "icon",
        entityId: id,
        before: { icon: filename, categoryId },
        after: {},
      })),
    );
    await deleteRows(
      tx,
      "Icon",
      ["id"],
      icons.map(({ id }) => ({ id })),
    );
    return { deleted: icons.length, replaced, changedMeanwhile };
  });
}

function assertConfirmed(actor: Actor, count: number, confirmation: string | undefined) {
  const words = deletionWords(count);
  if (actor.kind === "system" || words === null || confirmation?.trim() === words) return;
  throw new AppError("invalid_input", `Type “${words}” to delete them.`, {
    fields: { confirmation: `Type “${words}”.` },
  });
}

/** Of each category the icon that it showed last and could show again. */
async function previousIcons(tx: Tx, shown: ChosenIcon[], deleted: ChosenIcon[]): Promise<Map<string, string>> {
  const categoryIds = shown.flatMap(({ categoryId }) => categoryId ?? []);
  const past = await selectRows<{ id: number; categoryId: string; iconId: string }>(
    tx,
    "IconActivation",
    `"IconActivation"."id", "IconActivation"."categoryId", "IconActivation"."iconId"`,
    "categoryId",
    categoryIds,
    `"IconActivation"."iconId" IS NOT NULL`,
  );
  const usable = await selectRows<{ id: string; categoryId: string }>(
    tx,
    "Icon",
    `"Icon"."id", "Icon"."categoryId"`,
    "id",
    [...new Set(past.map(({ iconId }) => iconId))],
    `"Icon"."status" = 'inactive' AND "Icon"."reviewState" <> 'rejected' AND NOT "Icon"."fileMissing"`,
  );
  const gone = new Set(deleted.map(({ id }) => id));
  const categoryOf = new Map(usable.filter(({ id }) => !gone.has(id)).map((icon) => [icon.id, icon.categoryId]));
  const newestFirst = past.toSorted((a, b) => b.id - a.id);
  const found = new Map<string, string>();
  for (const { categoryId, iconId } of newestFirst) {
    if (!found.has(categoryId) && categoryOf.get(iconId) === categoryId) found.set(categoryId, iconId);
  }
  return found;
}

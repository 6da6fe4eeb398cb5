import "server-only";
import { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { type LeftOut, takeChosen } from "./chosen-icons";
import { iconChoice } from "./icon-choice";

export const assignIconsInput = z.object({
  icons: iconChoice,
  /** Null: they are nobody's. */
  categoryId: z.uuid().nullable(),
});

/**
 * Puts icons among those of a category; which of them stands for it stays.
 * @throws {AppError} `not_found`; `conflict` for one that stands for another category
 */
export async function assignIcons(
  actor: Actor,
  { icons: choice, categoryId }: z.output<typeof assignIconsInput>,
): Promise<LeftOut & { assigned: number }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const category = categoryId
      ? await tx.category.findUnique({ where: { id: categoryId }, select: { name: true } })
      : null;
    if (categoryId && !category) throw new AppError("not_found", "This category is not there any more.");
    const { icons, changedMeanwhile } = await takeChosen(tx, choice);
    const wanted = icons.filter((icon) => icon.categoryId !== categoryId);
    const shown = wanted.find((icon) => icon.status === "active" && icon.categoryId !== null);
    if (shown) {
      throw new AppError(
        "conflict",
        `${shown.filename} stands for another category. Give that one another icon first.`,
      );
    }
    const now = new Date();
    // One whose category is gone may still be called active: it stands for nothing.
    const statusOf = ({ status }: { status: string }) => (status === "active" ? "inactive" : status);
    const rows = wanted.map((icon) => ({
      ...{ id: icon.id, categoryId, status: statusOf(icon), updatedAt: now },
      // Taken from it again, it waits for no category by itself any more.
      legacyCategory: null,
    }));
    await updateRows(tx, "Icon", ["id"], rows, ["version"]);
    await recordAudits(
      tx,
      actor,
      "icon.assign",
      wanted.map((icon) => ({
        entity: "icon",
        entityId: icon.id,
        before: { categoryId: icon.categoryId },
        after: { categoryId, category: category?.name ?? "none" },
      })),
    );
    return { assigned: wanted.length, changedMeanwhile };
  });
}

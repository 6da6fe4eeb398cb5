import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { activateIcons } from "./activate";
import { type LeftOut, takeChosen } from "./chosen-icons";
import { iconChoice } from "./icon-choice";

export const activateChosenInput = z.object({ icons: iconChoice });

/**
 * Lets icons stand for the categories they were made for.
 * @throws {AppError} `conflict` naming what one of them lacks, nothing being changed
 */
export async function activateChosen(
  actor: Actor,
  input: z.output<typeof activateChosenInput>,
): Promise<LeftOut & { activated: number }> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const { icons, changedMeanwhile } = await takeChosen(tx, input.icons);
    const ofCategory = new Map<string, string>();
    for (const { id, filename, categoryId } of icons) {
      if (categoryId === null) throw new AppError("conflict", `${filename} has no category. Assign it to one first.`);
      if (ofCategory.has(categoryId)) {
        throw new AppError("conflict", `${filename} and another ticked icon are of one category. Tick one of them.`);
      }
      ofCategory.set(categoryId, id);
    }
    const wanted = [...ofCategory].map(([categoryId, iconId]) => ({ categoryId, iconId }));
    return { activated: await activateIcons(tx, actor, wanted), changedMeanwhile };
  });
}

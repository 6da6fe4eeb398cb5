import "server-only";
import { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { activateIcons } from "./activate";
import { answerTrace } from "./answer-trace";
import { type LeftOut, takeChosen } from "./chosen-icons";
import { iconChoice } from "./icon-choice";

export const takeBackInput = z.object({ icons: iconChoice });

export interface TakenBack extends LeftOut {
  restored: number;
  /** Categories that show theirs again. */
  shown: number;
}

/**
 * Takes the last answer to icons back, an approval, a rejection or a merge: they are what they were before it, and stand
 * for their categories again where they did.
 * @throws {AppError} `conflict` when all of them changed meanwhile, none can be taken back, or a category shows another by now
 */
export async function takeBackAnswers(actor: Actor, input: z.output<typeof takeBackInput>): Promise<TakenBack> {
  assertCan(actor, "catalog:write");
  return transaction(async (tx) => {
    const { icons, changedMeanwhile } = await takeChosen(tx, input.icons);
    const answered = icons.flatMap((icon) => {
      const { before } = answerTrace.parse(icon.metadata ?? {});
      return before ? [{ icon, before }] : [];
    });
    if (answered.length === 0) throw new AppError("conflict", "There is no answer here that could be taken back.");
    const updatedAt = new Date();
    const rows = answered.map(({ icon: { id, metadata }, before: { reviewState, rejection } }) => ({
      ...{ id, reviewState, updatedAt },
      metadata: { ...metadata, rejection, merged: undefined, before: undefined },
    }));
    await updateRows(tx, "Icon", ["id"], rows, ["version"]);
    const shown = await activateIcons(
      tx,
      actor,
      answered.flatMap(({ icon: { id, categoryId }, before }) =>
        before.isShown && categoryId ? [{ categoryId, iconId: id, seenIconId: before.insteadId ?? null }] : [],
      ),
    );
    const lent = answered.flatMap(({ before }) => (before.isLent && before.insteadId) || []);
    await updateRows(
      tx,
      "Icon",
      ["id"],
      lent.map((id) => ({ id, categoryId: null, updatedAt })),
      ["version"],
    );
    await recordAudits(
      tx,
      actor,
      "icon.take-back",
      answered.map(({ icon, before }) => ({
        entity: "icon",
        entityId: icon.id,
        before: { state: icon.reviewState },
        after: { state: before.reviewState },
      })),
    );
    return { restored: answered.length, shown, changedMeanwhile };
  });
}

import "server-only";
import { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import { transaction } from "@/lib/db/client";
import { activateIcons } from "./activate";
import { traceBefore } from "./answer-trace";
import { type LeftOut, takeChosen } from "./chosen-icons";
import { iconChoice } from "./icon-choice";

const why = z.string().trim().min(3, "Say in a few words why, for whoever makes the next one.").max(500);

export const reviewIconsInput = z.discriminatedUnion("state", [
  z.object({ icons: iconChoice, state: z.literal(["approved", "pending"]) }),
  z.object({ icons: iconChoice, state: z.literal("rejected"), reason: why }),
]);

const ACTIONS = { approved: "icon.approve", rejected: "icon.reject", pending: "icon.put-back" } as const;

export interface Reviewed extends LeftOut {
  /** Answered now; those that were so already are not counted. */
  answered: number;
  /** As they are by now, for an undo. */
  icons: { id: string; version: number }[];
  /** Categories that show no icon any more, because theirs was rejected. */
  takenDown: number;
}

/**
 * Approves icons, rejects them with a reason, or puts them back to be reviewed. An icon that stands for a category and
 * is rejected stands for it no more.
 * @throws {AppError} `conflict` when all of them changed meanwhile
 */
export async function reviewIcons(actor: Actor, input: z.output<typeof reviewIconsInput>): Promise<Reviewed> {
  assertCan(actor, "catalog:write");
  const { state } = input;
  const reason = input.state === "rejected" ? input.reason : undefined;
  return transaction(async (tx) => {
    const { icons, changedMeanwhile } = await takeChosen(tx, input.icons);
    const wanted = icons.filter(({ reviewState }) => reviewState !== state);
    const shown = state === "rejected" ? wanted.filter(isShown) : [];
    const takenDown = await activateIcons(
      tx,
      actor,
      shown.flatMap(({ id, categoryId }) => (categoryId ? [{ categoryId, iconId: null, seenIconId: id }] : [])),
    );
    const now = new Date();
    const rejection = reason ? { reason, by: actor.name, at: now.toISOString() } : undefined;
    const rows = wanted.map((icon) => ({
      id: icon.id,
      reviewState: state,
      metadata: { ...icon.metadata, rejection, merged: undefined, before: traceBefore(icon) },
      updatedAt: now,
    }));
    await updateRows(tx, "Icon", ["id"], rows, ["version"]);
    await recordAudits(
      tx,
      actor,
      ACTIONS[state],
      wanted.map(({ id, reviewState }) => ({
        entity: "icon",
        entityId: id,
        before: { state: reviewState },
        after: { state, ...(reason && { reason }) },
      })),
    );
    // One that was taken down was changed twice.
    const raised = new Set(shown.map(({ id }) => id));
    const after = wanted.map(({ id, version }) => ({ id, version: version + (raised.has(id) ? 2 : 1) }));
    return { answered: wanted.length, icons: after, changedMeanwhile, takenDown };
  });
}

function isShown({ status, categoryId }: { status: string; categoryId: string | null }) {
  return status === "active" && categoryId !== null;
}

import "server-only";
import { z } from "zod";
import { recordAudits } from "@/lib/audit";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { activateIcons } from "./activate";
import { traceBefore } from "./answer-trace";
import { type ChosenIcon, takeChosen } from "./chosen-icons";
import { type IconCopy, keepCopies, writeCopy } from "./copy-icon";
import { iconChoice } from "./icon-choice";

/** Icons merged at once: a person looks at each. */
const MOST_MERGED = 50;

export const mergeIconsInput = z.object({
  keep: iconChoice.element,
  others: iconChoice.max(MOST_MERGED, `Merge at most ${MOST_MERGED} icons at a time.`),
});

export interface MergedIcons {
  merged: number;
  /** Categories that show the kept picture from now on. */
  shown: number;
  /** Those merged, as they are by now, for an undo. */
  icons: { id: string; version: number }[];
}

/**
 * Keeps one of some icons that look alike. The others are put away as rejected, and the categories that showed one of
 * them show the kept picture: the icon itself, or a copy where it belongs to another category. All of it is in their
 * histories and can be taken back.
 * @throws {AppError} `conflict` when one of them changed meanwhile, or the kept one can't be shown
 */
export async function mergeIcons(
  actor: Actor,
  { keep, others }: z.output<typeof mergeIconsInput>,
): Promise<MergedIcons> {
  assertCan(actor, "catalog:write");
  if (others.some(({ id }) => id === keep.id)) {
    throw new AppError("invalid_input", "The icon that is kept can't be merged into itself. Untick it.");
  }
  const copies = await keepCopies(
    keep.id,
    others.map(({ id }) => id),
  );
  return transaction(async (tx) => {
    const [kept, rest] = await takeAll(tx, keep, others);
    const shown = rest.filter(({ status, categoryId }) => status === "active" && categoryId !== null);
    const places = new Map<string, string>();
    let lentTo: string | null = null;
    for (const { categoryId } of shown) {
      if (categoryId === null) continue;
      const isFree = kept.categoryId === null && lentTo === null;
      if (isFree) lentTo = categoryId;
      const isItself = isFree || kept.categoryId === categoryId;
      places.set(categoryId, isItself ? kept.id : await writeCopy(tx, actor, copyFor(copies, categoryId)));
    }
    const wanted = shown.flatMap(({ id, categoryId }) => {
      const iconId = places.get(categoryId ?? "");
      return categoryId && iconId ? [{ categoryId, iconId, seenIconId: id }] : [];
    });
    await activateIcons(tx, actor, wanted);
    await putAway(tx, actor, kept, rest, { places, lentTo });
    const isShown = new Set(shown.map(({ id }) => id));
    return {
      merged: rest.length,
      shown: wanted.length,
      // One that gave its place up was changed twice.
      icons: rest.map(({ id, version }) => ({ id, version: version + (isShown.has(id) ? 2 : 1) })),
    };
  });
}

async function takeAll(
  tx: Tx,
  keep: { id: string; version: number },
  others: { id: string; version: number }[],
): Promise<[ChosenIcon, ChosenIcon[]]> {
  const { icons, changedMeanwhile } = await takeChosen(tx, [keep, ...others]);
  const kept = icons.find(({ id }) => id === keep.id);
  if (!kept || changedMeanwhile > 0) {
    const which = formatPlural(changedMeanwhile, "of these icons", "of these icons");
    throw new AppError(
      "conflict",
      `Somebody changed ${which} meanwhile. Nothing was merged; look at them and try again.`,
    );
  }
  if (kept.fileMissing) throw new AppError("conflict", `${kept.filename} has lost its file. Keep another one.`);
  if (kept.reviewState === "rejected") {
    throw new AppError("conflict", `${kept.filename} was rejected. Approve it first, or keep another one.`);
  }
  return [kept, icons.filter(({ id }) => id !== keep.id)];
}

function copyFor(copies: ReadonlyMap<string, IconCopy>, categoryId: string): IconCopy {
  const copy = copies.get(categoryId);
  if (copy) return copy;
  throw new AppError(
    "conflict",
    "Somebody chose another icon for a category meanwhile. Nothing was merged; try again.",
  );
}

async function putAway(
  tx: Tx,
  actor: Actor,
  kept: ChosenIcon,
  rest: ChosenIcon[],
  { places, lentTo }: { places: ReadonlyMap<string, string>; lentTo: string | null },
) {
  const now = new Date();
  const said = { by: actor.name, at: now.toISOString() };
  const rows = rest.map((icon) => {
    const before = traceBefore(icon);
    const insteadId = before.isShown ? places.get(icon.categoryId ?? "") : undefined;
    const isLent = (insteadId !== undefined && icon.categoryId === lentTo) || undefined;
    return {
      id: icon.id,
      reviewState: "rejected",
      metadata: {
        ...icon.metadata,
        rejection: { reason: `Merged into ${kept.filename}.`, ...said },
        merged: { into: kept.id, ...said },
        before: { ...before, insteadId, isLent },
      },
      updatedAt: now,
    };
  });
  await updateRows(tx, "Icon", ["id"], rows, ["version"]);
  await recordAudits(
    tx,
    actor,
    "icon.merge",
    rest.map(({ id, filename, reviewState }) => ({
      entity: "icon",
      entityId: id,
      before: { icon: filename, state: reviewState },
      after: { into: kept.filename, intoId: kept.id },
    })),
  );
}

import "server-only";
import { z } from "zod";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { AppError } from "@/lib/errors";
import { activateChosen } from "./activate-icons";
import { MOST_AT_ONCE } from "./icon-choice";
import { reviewIcons } from "./review-icons";

export const approveBatchInput = z.object({
  batchId: z.uuid(),
  /** Also shows them: of each category the first that it has in the batch, where it shows none. */
  isActivated: z.boolean(),
});

/**
 * Approves everything of a batch that waits to be reviewed, so many at a time.
 * @throws {AppError} `conflict` when nothing waits
 */
export async function approveBatch(
  actor: Actor,
  { batchId, isActivated }: z.output<typeof approveBatchInput>,
): Promise<{ approved: number; activated: number }> {
  assertCan(actor, "catalog:write");
  let approved = 0;
  let activated = 0;
  for (let after = ""; ; ) {
    const part = await db.icon.findMany({
      where: { id: { gt: after }, reviewState: "pending", generations: { some: { batchId } } },
      select: { id: true, version: true, categoryId: true },
      orderBy: { id: "asc" },
      take: MOST_AT_ONCE,
    });
    const last = part.at(-1);
    if (!last) break;
    after = last.id;
    const { icons, answered } = await reviewIcons(actor, {
      icons: part.map(({ id, version }) => ({ id, version })),
      state: "approved",
    });
    approved += answered;
    if (isActivated) activated += await show(actor, icons);
  }
  if (approved === 0) throw new AppError("conflict", "Nothing of this batch waits to be reviewed.");
  return { approved, activated };
}

async function show(actor: Actor, icons: { id: string; version: number }[]): Promise<number> {
  const rows = await readCategories(icons.map(({ id }) => id));
  const versionOf = new Map(icons.map(({ id, version }) => [id, version]));
  const first = new Map<string, { id: string; version: number }>();
  for (const { id, categoryId, category } of rows) {
    const version = versionOf.get(id);
    if (categoryId === null || version === undefined || first.has(categoryId)) continue;
    if (category && category.icons.length > 0) continue;
    first.set(categoryId, { id, version });
  }
  if (first.size === 0) return 0;
  return (await activateChosen(actor, { icons: [...first.values()] })).activated;
}

function readCategories(ids: string[]) {
  return inParts(ids, (part) =>
    db.icon.findMany({
      where: { id: { in: part } },
      select: {
        id: true,
        categoryId: true,
        category: { select: { icons: { where: { status: "active" }, select: { id: true }, take: 1 } } },
      },
      orderBy: { id: "asc" },
    }),
  );
}

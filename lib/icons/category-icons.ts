import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/sqlite/client";

/** Of a category, the newest of each, whatever stands for it besides. */
const SHOWN = 60;

const select = {
  ...{ id: true, filename: true, status: true, reviewState: true, fileMissing: true, version: true },
  ...{ style: true, model: true, createdAt: true },
} satisfies Prisma.IconSelect;

export type CategoryIcons = Awaited<ReturnType<typeof getCategoryIcons>>;

/** The icons that a category has, and which of them it showed when; null: it showed none. */
export async function getCategoryIcons(actor: Actor, categoryId: string) {
  assertCan(actor, "catalog:read");
  const [newest, shown, past] = await Promise.all([
    db.icon.findMany({
      where: { categoryId, status: { not: "active" } },
      select,
      orderBy: { id: "desc" },
      take: SHOWN,
    }),
    db.icon.findFirst({ where: { categoryId, status: "active" }, select }),
    db.iconActivation.findMany({ where: { categoryId }, orderBy: { id: "desc" }, take: SHOWN }),
  ]);
  const there = await db.icon.findMany({
    where: { id: { in: past.flatMap(({ iconId }) => iconId ?? []) } },
    select: { id: true, filename: true, categoryId: true, status: true, reviewState: true, fileMissing: true },
  });
  const iconOf = new Map(there.map((icon) => [icon.id, icon]));
  const icons = (shown ? [shown, ...newest] : newest).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return {
    shownId: shown?.id ?? null,
    icons: icons.map((icon) => ({ ...icon, isShown: icon.status === "active" })),
    history: past.map(({ id, iconId, actorName, createdAt }, at) => {
      const icon = iconId === null ? undefined : iconOf.get(iconId);
      const isElsewhere = icon?.status === "active" && icon.categoryId !== categoryId;
      return {
        id,
        iconId: icon?.id ?? null,
        filename: icon?.filename ?? null,
        /** It showed none on purpose, and not because the icon is gone. */
        isNone: iconId === null,
        canComeBack:
          at > 0 &&
          (iconId === null
            ? shown !== undefined
            : icon !== undefined &&
              icon.id !== shown?.id &&
              !icon.fileMissing &&
              !isElsewhere &&
              icon.reviewState !== "rejected"),
        by: actorName,
        at: createdAt,
      };
    }),
  };
}

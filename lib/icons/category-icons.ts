import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Of a category, the newest of each. */
const SHOWN = 60;

export type CategoryIcons = Awaited<ReturnType<typeof getCategoryIcons>>;

/** The icons that a category has, and which of them it showed when; null: it showed none. */
export async function getCategoryIcons(actor: Actor, categoryId: string) {
  assertCan(actor, "catalog:read");
  const [icons, past] = await Promise.all([
    db.icon.findMany({
      where: { categoryId },
      select: {
        ...{ id: true, filename: true, status: true, reviewState: true, fileMissing: true, version: true },
        ...{ style: true, model: true, createdAt: true },
      },
      orderBy: { id: "desc" },
      take: SHOWN,
    }),
    db.iconActivation.findMany({ where: { categoryId }, orderBy: { id: "desc" }, take: SHOWN }),
  ]);
  const there = await db.icon.findMany({
    where: { id: { in: past.flatMap(({ iconId }) => iconId ?? []) } },
    select: { id: true, filename: true, categoryId: true, status: true, reviewState: true, fileMissing: true },
  });
  const iconOf = new Map(there.map((icon) => [icon.id, icon]));
  const shown = icons.find(({ status }) => status === "active");
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

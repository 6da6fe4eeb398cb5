import "server-only";
import { type Actor, assertCan } from "@/lib/auth/actor";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { personNames, SOMEBODY_GONE } from "@/lib/users/person-names";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { answerTrace } from "./answer-trace";
import type { IconOrigin } from "./icon-search";
import { readIconSettings } from "./icon-settings";
import { findLookAlikes } from "./icon-store";

const generationSelect = {
  id: true,
  categoryId: true,
  categoryPath: true,
  variation: true,
  provider: true,
  model: true,
  prompt: true,
  style: true,
  color: true,
  background: true,
  size: true,
  isFromCache: true,
  seconds: true,
  costMicros: true,
  userId: true,
  createdAt: true,
  completedAt: true,
  batch: { select: { id: true, number: true } },
} satisfies Prisma.IconGenerationSelect;

/** Icons of the same category, and those that look like it, shown beside it. */
const BESIDE = 24;

export type IconDetails = Awaited<ReturnType<typeof getIcon>>;

/** Everything that is known of one icon. @throws {AppError} `not_found` */
export async function getIcon(actor: Actor, id: string) {
  assertCan(actor, "catalog:read");
  const icon = await db.icon.findUnique({
    where: { id },
    include: { generations: { select: generationSelect, orderBy: { id: "asc" }, take: BESIDE } },
  });
  if (!icon) throw new AppError("not_found", "There is no such icon. It may have been deleted.");
  const { categoryId, perceptualHash } = icon;
  const [tree, people, beside, uses, alikes, { currency }] = await Promise.all([
    categoryTree(),
    personNames(
      db,
      [icon.createdById, ...icon.generations.map(({ userId }) => userId)].filter((one) => one !== null),
    ),
    categoryId === null
      ? []
      : db.icon.findMany({
          where: { categoryId, id: { not: id } },
          select: { id: true, filename: true, status: true, reviewState: true, fileMissing: true },
          orderBy: { id: "desc" },
          take: BESIDE,
        }),
    db.iconActivation.findMany({ where: { iconId: id }, orderBy: { id: "desc" }, take: BESIDE }),
    perceptualHash ? findLookAlikes(perceptualHash, { exceptId: id, limit: 6 }) : [],
    readIconSettings(db),
  ]);
  const node = categoryId === null ? undefined : tree.byId.get(categoryId);
  const { rejection, merged } = answerTrace.parse(icon.metadata ?? {});
  const named = await db.icon.findMany({
    where: { id: { in: [...alikes.map((one) => one.id), ...(merged ? [merged.into] : [])] } },
    select: {
      ...{ id: true, filename: true, version: true, status: true, reviewState: true, fileMissing: true },
      ...{ categoryId: true, metadata: true },
    },
  });
  const iconOf = new Map(named.map((one) => [one.id, one]));
  const person = (userId: string | null) => (userId === null ? "system" : (people.get(userId) ?? SOMEBODY_GONE));
  return {
    ...icon,
    metadata: null,
    currency,
    rejection: rejection ?? null,
    /** The icon that was kept instead of it; its name is null when that one is gone. */
    merged: merged ? { ...merged, filename: iconOf.get(merged.into)?.filename ?? null } : null,
    origin: originOf(icon),
    madeBy: person(icon.createdById ?? icon.generations[0]?.userId ?? null),
    category: node
      ? {
          id: node.id,
          name: node.name,
          path: node.path,
          above: trail(tree, node)
            .slice(0, -1)
            .map(({ name }) => name),
        }
      : null,
    isShown: icon.status === "active" && node !== undefined,
    generations: icon.generations.map((one) => ({ ...one, by: person(one.userId) })),
    beside: beside.map((one) => ({ ...one, isShown: one.status === "active" })),
    uses: uses.map(({ id: use, categoryId: of, actorName, createdAt }) => ({
      id: use,
      category: tree.byId.get(of)?.name ?? "a category since removed",
      categoryId: tree.byId.has(of) ? of : null,
      by: actorName,
      at: createdAt,
    })),
    /** Those merged into another are put away. */
    alikes: alikes.flatMap(({ id: other, distance }) => {
      const found = iconOf.get(other);
      if (!found || answerTrace.parse(found.metadata ?? {}).merged) return [];
      const { metadata: _, categoryId: of, ...facts } = found;
      const place = of === null ? undefined : tree.byId.get(of);
      return [{ ...facts, distance, category: place?.name ?? null, isShown: found.status === "active" && !!place }];
    }),
  };
}

function originOf(icon: { legacyId: string | null; generations: { provider: string }[] }): IconOrigin {
  if (icon.legacyId !== null) return "imported";
  const provider = icon.generations[0]?.provider;
  return provider === "built-in" || provider === "endpoint" ? provider : "uploaded";
}

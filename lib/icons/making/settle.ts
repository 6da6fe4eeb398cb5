import "server-only";
import { v7 as uuid } from "uuid";
import type { Actor } from "@/lib/auth/actor";
import { selectRows, updateRows } from "@/lib/db/bulk";
import { type Tx, transaction } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import type { IconBatch, IconGeneration, Prisma } from "@/prisma/generated/sqlite/client";
import type { ReviewState } from "@/prisma/generated/sqlite/enums";
import { activateIcons } from "../activate";
import type { StoredIcon } from "../icon-store";
import type { MadeIcon } from "./find-made";

interface Facts {
  generation: IconGeneration;
  seconds: number;
  costMicros: number | null;
  /** Calls that ended. */
  attempts: number;
}

/** What became of a picture that was asked for. */
export type Outcome =
  | (Facts & { is: "made"; stored: StoredIcon; metadata: Prisma.InputJsonObject })
  | (Facts & { is: "known"; made: MadeIcon })
  | (Facts & { is: "failed" | "skipped"; problem: string });

type There = { id: string; fileHash: string; categoryId: string | null; reviewState: ReviewState };

/**
 * Writes what became of pictures in one transaction with their icons: one that is settled is never made again. The same
 * file is one icon; the picture points to it then, and says so.
 */
export async function settle(batch: IconBatch, outcomes: Outcome[], useAtOnce: boolean) {
  await transaction(async (tx) => {
    // Before the first icon holds its category's row: who merges categories waits in the same order.
    if (useAtOnce) await lockName(tx, "category icons");
    const icons = await iconsOf(tx, batch, outcomes);
    await updateRows(
      tx,
      "IconGeneration",
      ["id"],
      outcomes.map((outcome) => row(outcome, icons)),
    );
    await adopt(tx, outcomes, icons);
    if (useAtOnce) await use(tx, batch, outcomes, icons);
  });
}

interface Icons {
  /** The icon that answers an outcome; null where there is none. */
  of(outcome: Outcome): There | null;
  /** That it is one that was there before; null where it is new. */
  remark(outcome: Outcome): string | null;
}

async function iconsOf(tx: Tx, batch: IconBatch, outcomes: Outcome[]): Promise<Icons> {
  const hashes = outcomes.flatMap((outcome) => hashOf(outcome) ?? []);
  const before = await selectRows<There>(tx, "Icon", COLUMNS, "fileHash", [...new Set(hashes)]);
  const byHash = new Map(before.map((icon) => [icon.fileHash, icon]));
  const makers = new Map<string, string>();
  const fresh: Prisma.IconCreateManyInput[] = [];
  for (const outcome of outcomes) {
    if (outcome.is !== "made" || byHash.has(outcome.stored.fileHash)) continue;
    const icon = newIcon(batch, outcome);
    fresh.push(icon);
    makers.set(icon.fileHash, outcome.generation.id);
    byHash.set(icon.fileHash, { ...icon, categoryId: icon.categoryId ?? null, reviewState: "pending" });
  }
  if (fresh.length > 0) await tx.icon.createMany({ data: fresh });
  const of = (outcome: Outcome) => byHash.get(hashOf(outcome) ?? "") ?? null;
  return {
    of,
    remark(outcome) {
      const icon = of(outcome);
      if (outcome.is !== "made" || !icon || makers.get(icon.fileHash) === outcome.generation.id) return null;
      if (icon.reviewState === "rejected") return "The same picture as an icon that was rejected.";
      return icon.categoryId === outcome.generation.categoryId
        ? "The same picture as an icon that the category has already."
        : "The same picture as an icon that is there already.";
    },
  };
}

const COLUMNS = ["id", "fileHash", "categoryId", "reviewState"].map((column) => `"Icon"."${column}"`).join(", ");

function hashOf(outcome: Outcome): string | null {
  if (outcome.is === "made") return outcome.stored.fileHash;
  return outcome.is === "known" ? outcome.made.fileHash : null;
}

function newIcon(batch: IconBatch, { generation, stored, seconds, costMicros, metadata }: Outcome & { is: "made" }) {
  const { style, color, background, model, prompt, categoryId, userId } = generation;
  return {
    ...stored,
    id: uuid(),
    ...{ style, color, background, model, prompt, categoryId },
    filename: `${fileName(generation)}.png`,
    status: "inactive",
    reviewState: "pending",
    generationTime: seconds,
    generationCost: costMicros === null ? null : Math.round(costMicros / 10_000),
    batchId: batch.id,
    createdById: userId,
    metadata,
  } satisfies Prisma.IconCreateManyInput;
}

/** `printers`, `printers-2` for the second variation. */
function fileName({ categoryPath, variation }: IconGeneration) {
  const name = categoryPath.split(" > ").at(-1) ?? "";
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return `${plain || "icon"}${variation > 1 ? `-${variation}` : ""}`;
}

function row(outcome: Outcome, icons: Icons) {
  const { generation, seconds, costMicros, attempts } = outcome;
  const icon = icons.of(outcome);
  const ended = { id: generation.id, seconds, costMicros, attempts, completedAt: new Date() };
  if (outcome.is === "failed" || outcome.is === "skipped") {
    return { ...ended, status: outcome.is, problem: outcome.problem, iconId: null, fileHash: null, isFromCache: false };
  }
  return {
    ...ended,
    status: icon ? "succeeded" : "failed",
    problem: icon ? icons.remark(outcome) : "The earlier picture was deleted a moment ago. Ask for it again.",
    iconId: icon?.id ?? null,
    fileHash: icon?.fileHash ?? null,
    isFromCache: outcome.is === "known",
  };
}

/** An icon without a category, because its own was removed, becomes the one's that asked for the same picture. */
async function adopt(tx: Tx, outcomes: Outcome[], icons: Icons) {
  const rows = new Map<string, { id: string; categoryId: string }>();
  for (const outcome of outcomes) {
    const icon = icons.of(outcome);
    const { categoryId } = outcome.generation;
    if (!icon || icon.categoryId !== null || categoryId === null || rows.has(icon.id)) continue;
    rows.set(icon.id, { id: icon.id, categoryId });
    icon.categoryId = categoryId;
  }
  await updateRows(tx, "Icon", ["id"], [...rows.values()], ["version"]);
}

/** Shows an icon where its category shows none: the first variation that came. */
async function use(tx: Tx, batch: IconBatch, outcomes: Outcome[], icons: Icons) {
  const wanted = new Map<string, string>();
  for (const outcome of outcomes) {
    const icon = icons.of(outcome);
    const { categoryId } = outcome.generation;
    if (!icon || categoryId === null || icon.categoryId !== categoryId || icon.reviewState === "rejected") continue;
    if (!wanted.has(categoryId)) wanted.set(categoryId, icon.id);
  }
  const shown = await selectRows<{ categoryId: string }>(
    tx,
    "Icon",
    `"Icon"."categoryId"`,
    "categoryId",
    [...wanted.keys()],
    `"Icon"."status" = 'active'`,
  );
  for (const { categoryId } of shown) wanted.delete(categoryId);
  const by: Actor = { kind: "system", name: `Icon batch ${batch.number}` };
  await activateIcons(
    tx,
    by,
    [...wanted].map(([categoryId, iconId]) => ({ categoryId, iconId })),
  );
}

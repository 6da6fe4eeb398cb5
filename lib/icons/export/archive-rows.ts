import "server-only";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { categoryTree, trail } from "@/lib/categories/category-tree";
import { db } from "@/lib/db/client";
import { inParts } from "@/lib/db/in-parts";
import { env } from "@/lib/env";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { iconWhere } from "../list-icons";
import { archiveName } from "./archive-names";
import type { IconExport } from "./export-job";

const select = {
  id: true,
  categoryId: true,
  filename: true,
  storagePath: true,
  fileHash: true,
  fileSize: true,
  width: true,
  height: true,
  format: true,
  prompt: true,
  style: true,
  color: true,
  background: true,
  model: true,
  status: true,
  reviewState: true,
  fileMissing: true,
  createdAt: true,
} satisfies Prisma.IconSelect;
type Stored = Prisma.IconGetPayload<{ select: typeof select }>;

export interface ArchiveRow extends Stored {
  /** Where its file is on the disk; null where it is gone. */
  path: string | null;
  /** Where it lies in the zip. */
  name: string;
  categoryPath: string | null;
  /** `Office / Paper` */
  categoryWords: string | null;
}

const BATCH = 500;

/** Everything an archive holds, in the order of making. */
export async function archiveRows({ ids, show, category }: IconExport): Promise<ArchiveRow[]> {
  const found = ids
    ? await inParts(ids, (part) => db.icon.findMany({ where: { id: { in: part } }, select }))
    : await readAll(await iconWhere({ show, category: category ?? undefined, q: "", model: "", style: "" }));
  const tree = await categoryTree();
  const rows: ArchiveRow[] = [];
  for (const icon of found) {
    const node = icon.categoryId === null ? undefined : tree.byId.get(icon.categoryId);
    const path = join(env().dataFolder, icon.storagePath);
    rows.push({
      ...icon,
      path: !icon.fileMissing && (await isThere(path)) ? path : null,
      name: archiveName({ ...icon, category: node ?? null }),
      categoryPath: node?.path ?? null,
      categoryWords: node
        ? trail(tree, node)
            .map(({ name }) => name)
            .join(" / ")
        : null,
    });
  }
  return rows;
}

async function readAll(where: Prisma.IconWhereInput): Promise<Stored[]> {
  const rows: Stored[] = [];
  for (let after = ""; ; ) {
    const page = await db.icon.findMany({
      where: { AND: [where, { id: { gt: after } }] },
      select,
      orderBy: { id: "asc" },
      take: BATCH,
    });
    rows.push(...page);
    const last = page.at(-1);
    if (!last) return rows;
    after = last.id;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

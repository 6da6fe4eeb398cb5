import "server-only";
import type { Reader, Tx } from "./client";

export type Versioned = "categories" | "products";

/** Tells every process's caches that categories or products changed, in the transaction that changes them. */
export async function raiseVersion(tx: Tx, name: Versioned) {
  await tx.catalogueVersion.upsert({
    where: { name },
    create: { name, version: 1 },
    update: { version: { increment: 1 } },
    select: { name: true },
  });
}

export async function getVersion(on: Reader, name: Versioned): Promise<number> {
  const row = await on.catalogueVersion.findUnique({ where: { name }, select: { version: true } });
  return row?.version ?? 0;
}

import "server-only";
import type { Tx } from "@/lib/db/client";

/** Tells every process's caches that categories or products have changed, once the transaction lands. */
export async function raiseCatalogueVersion(tx: Tx, name: "categories" | "products") {
  await tx.catalogueVersion.upsert({
    where: { name },
    create: { name, version: 1 },
    update: { version: { increment: 1 } },
    select: { name: true },
  });
}

import "server-only";
import { v7 as uuid } from "uuid";
import type { FieldSource } from "@/lib/catalog/field-source";
import { insertRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/sqlite/client";
import type { MetafieldWrite } from "./plan-metafields";
import { typedColumns } from "./types";

/** Writes what was planned: definitions for new names, then each metafield with its typed columns and source. */
export async function writeMetafields(tx: Tx, productId: string, writes: MetafieldWrite[]) {
  for (const { namespace, key, type, value, source, newDefinition } of writes) {
    const productId_namespace_key = { productId, namespace, key };
    if (value === null) {
      await tx.productMetafield.deleteMany({ where: { productId, namespace, key } });
      continue;
    }
    if (newDefinition) {
      // Somebody may make the same definition at this moment: theirs stands, and so does the value if the type is the same.
      const now = new Date();
      const definition = {
        id: uuid(),
        namespace,
        key,
        type,
        name: newDefinition.name,
        description: "",
        validations: [],
      };
      await insertRows(tx, "MetafieldDefinition", [{ ...definition, createdAt: now, updatedAt: now }], {
        onConflict: "nothing",
      });
    }
    const data = { type, value, ...typedColumns(type, value), ...sourceColumns(source) };
    await tx.productMetafield.upsert({
      where: { productId_namespace_key },
      create: { productId, namespace, key, ...data, displayOrder: await nextOrder(tx, productId) },
      update: data,
      select: { id: true },
    });
  }
}

function sourceColumns(source: FieldSource | null) {
  const feedValue = source?.kept && source.feedValue != null ? String(source.feedValue) : null;
  return { source: source ?? Prisma.DbNull, kept: source?.kept ?? false, feedValue };
}

async function nextOrder(tx: Tx, productId: string) {
  const { _max } = await tx.productMetafield.aggregate({ where: { productId }, _max: { displayOrder: true } });
  return (_max.displayOrder ?? 0) + 1;
}

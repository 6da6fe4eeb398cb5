import "server-only";
import { db } from "@/lib/db/client";
import { type Mapping, mapping } from "../mapping";

/** The mapping a source is read with: that version, else the one in force; null while it has none. */
export async function loadMapping(
  sourceId: string,
  version?: number | null,
): Promise<{ version: number; mapping: Mapping } | null> {
  const stored = await db.feedMapping.findFirst({
    where: { sourceId, ...(version ? { version } : {}) },
    orderBy: { version: "desc" },
    select: { version: true, mapping: true },
  });
  return stored && { version: stored.version, mapping: mapping.parse(stored.mapping) };
}

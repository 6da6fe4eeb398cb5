import "server-only";
import { selectRows } from "@/lib/db/bulk";
import type { Reader } from "@/lib/db/client";

export interface MadeIcon {
  iconId: string;
  fileHash: string;
}

type Made = { cacheKey: string; iconId: string; fileHash: string };

/**
 * Pictures made earlier by the same key, the newest of each, whose icon is still there with its file. A rejected one is
 * no answer: whoever asks again wants another.
 */
export async function findMade(on: Reader, keys: readonly string[]): Promise<Map<string, MadeIcon>> {
  const generations = await selectRows<Made>(
    on,
    "IconGeneration",
    `"IconGeneration"."cacheKey", "IconGeneration"."iconId", "IconGeneration"."fileHash"`,
    "cacheKey",
    keys,
    `"IconGeneration"."status" = 'succeeded' AND "IconGeneration"."iconId" IS NOT NULL`,
  );
  const icons = await selectRows<{ id: string }>(
    on,
    "Icon",
    `"Icon"."id"`,
    "id",
    [...new Set(generations.map(({ iconId }) => iconId))],
    `"Icon"."reviewState" <> 'rejected' AND "Icon"."fileMissing" = false`,
  );
  const usable = new Set(icons.map(({ id }) => id));
  const found = new Map<string, MadeIcon>();
  for (const { cacheKey, iconId, fileHash } of generations) {
    if (usable.has(iconId)) found.set(cacheKey, { iconId, fileHash });
  }
  return found;
}

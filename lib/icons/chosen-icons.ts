import "server-only";
import { z } from "zod";
import { selectRows } from "@/lib/db/bulk";
import type { Tx } from "@/lib/db/client";
import { lockName } from "@/lib/db/lock-name";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import type { IconStatus, ReviewState } from "@/prisma/generated/sqlite/enums";
import type { IconChoice } from "./icon-choice";

export interface ChosenIcon {
  id: string;
  categoryId: string | null;
  filename: string;
  status: IconStatus;
  reviewState: ReviewState;
  fileMissing: boolean;
  version: number;
  metadata: Record<string, unknown> | null;
}

type StoredIcon = Omit<ChosenIcon, "metadata"> & { metadata: unknown };

const SELECT = ["id", "categoryId", "filename", "status", "reviewState", "fileMissing", "version", "metadata"]
  .map((column) => `"Icon"."${column}"`)
  .join(", ");

/** What of a choice became of nothing. */
export interface LeftOut {
  /** Changed or deleted by somebody since they were ticked; left as they are. */
  changedMeanwhile: number;
}

/**
 * The chosen icons that are as the person saw them, held until the transaction ends.
 * @throws {AppError} `conflict` when none is
 */
export async function takeChosen(tx: Tx, choice: IconChoice): Promise<{ icons: ChosenIcon[] } & LeftOut> {
  await lockName(tx, "category icons");
  const seen = new Map(choice.map(({ id, version }) => [id, version]));
  const found = await selectRows<StoredIcon>(tx, "Icon", SELECT, "id", [...seen.keys()]);
  const icons = found
    .filter(({ id, version }) => seen.get(id) === version)
    .map((icon) => ({ ...icon, metadata: readMetadata(icon.metadata) }));
  if (icons.length === 0) {
    const what = seen.size === 1 ? "this icon" : `these ${formatPlural(seen.size, "icon")}`;
    throw new AppError("conflict", `Somebody changed ${what} meanwhile. Nothing was done; look at it and try again.`);
  }
  return { icons, changedMeanwhile: seen.size - icons.length };
}

const notes = z.record(z.string(), z.unknown()).nullable();

/** SQLite gives JSON as text. */
function readMetadata(stored: unknown) {
  return notes.parse(typeof stored === "string" ? JSON.parse(stored) : stored);
}

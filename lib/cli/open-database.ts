import { existsSync } from "node:fs";
import { assertMigrated } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Makes sure that there is a database of this version before a command touches it. @throws {AppError} */
export async function openDatabase() {
  const { databaseUrl } = env();
  if (databaseUrl.startsWith("file:") && !existsSync(databaseUrl.slice("file:".length))) {
    throw new AppError(
      "unavailable",
      `There is no database at ${databaseUrl.slice("file:".length)} yet. Run "stockroom init", or set STOCKROOM_DATA to where it lies.`,
    );
  }
  await assertMigrated(databaseUrl);
}

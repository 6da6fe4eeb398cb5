import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import type { Outcome } from "./outcome";

export async function runMigrations(): Promise<Outcome> {
  const { applied } = await migrate(env().databaseUrl);
  const text = applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`;
  return { ok: true, value: { applied }, text };
}

import { db, engine } from "@/lib/db/client";
import { migrationStatus } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { listProblems } from "@/lib/health/problems";
import { Prisma } from "@/prisma/generated/sqlite/client";
import packageJson from "../../package.json" with { type: "json" };
import { openDatabase } from "./open-database";
import type { Outcome } from "./outcome";

/** `healthy`; `degraded`: usable, but something needs a person; `unhealthy`: not usable. */
export async function checkHealth({ withRows }: { withRows: boolean }): Promise<Outcome> {
  const { version } = packageJson;
  try {
    await openDatabase();
    await db.user.count();
  } catch (error) {
    // The one command whose answer is the failure itself.
    const problem = error instanceof Error ? error.message : String(error);
    const value = { status: "unhealthy", database: "unavailable", version, problems: [problem] };
    return { ok: false, value, text: `Unhealthy: ${problem}` };
  }
  const problems = await listProblems();
  const value = {
    status: problems.length === 0 ? "healthy" : "degraded",
    database: "ok",
    version,
    engine: engine(),
    migrations: (await migrationStatus(env().databaseUrl)).applied,
    problems,
    ...(withRows ? { rows: await countRows() } : {}),
  };
  const text = problems.length === 0 ? `Healthy (${engine()}, version ${version}).` : `Degraded: ${problems.join(" ")}`;
  return { ok: true, value, text };
}

/** Rows per table, by the model's name. */
async function countRows() {
  const rows: Record<string, number> = {};
  for (const model of Object.values(Prisma.ModelName)) {
    const property = model.charAt(0).toLowerCase() + model.slice(1);
    // Every model has a delegate of its name in lower camel case, and every delegate counts.
    const delegate = Reflect.get(db, property) as { count(): Promise<number> };
    rows[model] = await delegate.count();
  }
  return rows;
}

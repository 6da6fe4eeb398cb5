// What `npm start` needs of the application, in its own process.
import { disconnect } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { declineSample, isSampleUndecided, requestSample } from "@/lib/sample/request-sample";
import { ensureDefaultRules } from "@/lib/sync/approval-rules/ensure-default-rules";
import { ensureFirstUsers, type FirstUser } from "@/lib/users/first-users";

/** @throws {SettingsError} */
export function settings() {
  const { STOCKROOM_HOST: host, PORT: port, dataFolder } = env();
  return { host, port, dataFolder };
}

/** @throws {AppError} when the database is newer than this version */
export async function migrateDatabase() {
  await migrate(env().databaseUrl);
}

/** On a database without users: the first sign-ins, and the sample put on the queue. Else nothing. */
export async function firstRun(): Promise<FirstUser[]> {
  try {
    const signIns = await ensureFirstUsers();
    await ensureDefaultRules();
    if (await isSampleUndecided()) await (env().STOCKROOM_DEMO === "on" ? requestSample() : declineSample());
    return signIns;
  } finally {
    await disconnect();
  }
}

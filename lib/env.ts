import { resolve } from "node:path";
import { z } from "zod";

/** The one place that reads the environment. `.env.example` is generated from the descriptions here. */
const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production").describe("Set by the tools."),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000).describe("Where the web server listens."),
  STOCKROOM_HOST: z.string().default("127.0.0.1").describe("The address the web server binds to."),
  STOCKROOM_DATA: z.string().default("./data").describe("Where the database, feeds, pictures, icons and keys live."),
  STOCKROOM_DEMO: z.enum(["on", "off"]).default("on").describe("`off` starts without the sample catalogue."),
  STOCKROOM_DEMO_PASSWORD: z
    .string()
    .min(8)
    .optional()
    .describe("First-run password of the three sign-ins; random and printed once when unset."),
  STOCKROOM_WORKER_SLOTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(3)
    .describe("Jobs a worker works on side by side, beside the one that writes the catalogue."),
  STOCKROOM_SQL_LOG: z.enum(["on", "off"]).default("off").describe("Logs statements with duration, values left out."),
  STOCKROOM_DEBUG: z.enum(["on", "off"]).default("off").describe("`on` shows where an unexpected error came from."),
  AUTH_SECRET: z.string().min(32).optional().describe("Signs sessions; generated into the data folder when unset."),
  STOCKROOM_SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe(
      "Seals saved passwords and keys (feeds, mail, webhooks, image endpoint); generated into the data folder when unset. Keep it with backups.",
    ),
  AUTH_URL: z.url().optional().describe("The address people use, when a proxy stands in front."),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|file:)/, "must begin with postgresql:// or file:")
    .optional()
    .describe("postgresql://… switches the engine; unset is SQLite in the data folder."),
  DB_HOST: z.string().optional().describe("With the other DB_ settings: PostgreSQL without a DATABASE_URL."),
  DB_PORT: z.coerce.number().int().min(1).max(65535).default(5432).describe("PostgreSQL's port."),
  DB_NAME: z.string().default("stockroom").describe("PostgreSQL's database."),
  DB_USER: z.string().default("stockroom").describe("PostgreSQL's user."),
  DB_PASSWORD: z.string().default("").describe("PostgreSQL's password."),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10).describe("Connections kept."),
  DATABASE_POOL_OVERFLOW: z.coerce
    .number()
    .int()
    .min(0)
    .max(200)
    .default(20)
    .describe("Connections on top, when busy."),
  DATABASE_POOL_RECYCLE_SECONDS: z.coerce.number().int().min(1).default(3600).describe("A connection's longest life."),
  STOCKROOM_LEGACY_ICONS: z
    .string()
    .optional()
    .describe("An earlier system's icon store: the folder of its metadata.json, that file, or a zip."),
  STOCKROOM_PRIVATE_WEBHOOKS: z
    .enum(["on", "off"])
    .default("off")
    .describe("`on` lets webhooks reach private addresses, by http too."),
  STOCKROOM_PURGE_AFTER_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(30)
    .describe("Days a product must have been archived before an admin can delete it for good."),
  STOCKROOM_SHARED_DATA: z.string().optional().describe("Folder of big real data, for tests."),
});

export type Env = z.output<typeof schema> & { dataFolder: string; databaseUrl: string };

/**
 * Parses the settings.
 * @throws {SettingsError} naming each wrong setting and why.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new SettingsError(`Wrong setting. ${wrong.join("; ")}. Correct it in the environment and start again.`);
  }
  const dataFolder = resolve(parsed.data.STOCKROOM_DATA);
  return { ...parsed.data, dataFolder, databaseUrl: databaseUrl(parsed.data, dataFolder) };
}

export class SettingsError extends Error {
  override name = "SettingsError";
}

function databaseUrl(env: z.output<typeof schema>, dataFolder: string) {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  if (!env.DB_HOST) return `file:${resolve(dataFolder, "stockroom.db")}`;
  const user = encodeURIComponent(env.DB_USER);
  const password = env.DB_PASSWORD ? `:${encodeURIComponent(env.DB_PASSWORD)}` : "";
  return `postgresql://${user}${password}@${env.DB_HOST}:${env.DB_PORT}/${encodeURIComponent(env.DB_NAME)}`;
}

/** Name, default and meaning of each setting, for `.env.example`. */
export function describeSettings() {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    description: field.description ?? "",
    default: "def" in field && "defaultValue" in field.def ? String(field.def.defaultValue) : "",
  }));
}

let current: Env | undefined;

/** The settings of this process, parsed once. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}

/** Where SQLite puts what it can't keep in memory; it asks once, at its first use in this process. */
export function setSqliteTempFolder(folder: string) {
  process.env.SQLITE_TMPDIR ??= folder;
}

/** Whether to show where errors came from; asked when the settings themselves may be what is wrong. */
export function isDebug(): boolean {
  return process.env.STOCKROOM_DEBUG === "on";
}

import { defineConfig } from "prisma/config";
import { env } from "./lib/env";

const { databaseUrl } = env();
const isSqlite = databaseUrl.startsWith("file:");

// The SQLite schema is the one the code is typed against; PostgreSQL's is derived from it by bin/generate.mjs.
export default defineConfig({
  schema: isSqlite ? "prisma/schema" : "prisma/generated/postgresql-schema",
  migrations: { path: `prisma/migrations/${isSqlite ? "sqlite" : "postgresql"}` },
  datasource: { url: databaseUrl },
});

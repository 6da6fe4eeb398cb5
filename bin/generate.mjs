// Makes both Prisma clients: SQLite's from prisma/schema, PostgreSQL's from a copy that differs in the provider alone.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const generated = join(root, "prisma/generated");
const derived = join(generated, "postgresql-schema");

rmSync(derived, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
cpSync(join(root, "prisma/schema"), derived, { recursive: true });
const main = join(derived, "main.prisma");
const text = readFileSync(main, "utf8")
  .replace('provider = "sqlite"', 'provider = "postgresql"')
  .replace("../generated/sqlite", "../postgresql");
writeFileSync(main, text);

for (const schema of ["prisma/schema", derived]) {
  execFileSync(process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate", "--schema", schema], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    // Generating needs no schema engine, but the CLI would fetch one; any existing file keeps it from trying.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
}

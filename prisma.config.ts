import { defineConfig } from "prisma/config";

// The schema is a folder; the SQLite client is the one the code is typed against.
export default defineConfig({ schema: "prisma/schema" });

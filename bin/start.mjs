// `npm start`: from a fresh clone to a running Stockroom. Plain Node, because nothing is installed yet.
import { requireNode } from "./setup/node-version.mjs";

requireNode();
const { runMain } = await import("./setup/refusal.mjs");
const { start } = await import("./serve/start.mjs");
await runMain(start);

// Preloaded into web and worker: they end when the process that started them is gone, however it went.
import process from "node:process";

/** Time to finish a batch or a response once the parent is gone, in milliseconds. */
const GRACE_MS = 10_000;

process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
// Listening alone must not keep a process that has nothing left to do.
process.channel?.unref();

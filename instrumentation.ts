import type { Instrumentation } from "next";

/** Runs once when the server starts, before its first request. */
export async function register() {
  // Written this way round, the build leaves the import out of the edge bundle, where it could not run.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { trustNoForwardedHeaders } = await import("@/lib/auth/trusted-headers");
    trustNoForwardedHeaders();
    // Else the first visitor would wait for it; a database that is not there yet is that visitor's matter.
    const { countedTree } = await import("@/lib/categories/category-tree");
    void countedTree().catch(() => undefined);
  }
}

/** React's words for a reader who closed the tab before the page was sent whole. */
const READER_LEFT = /^The destination stream (errored while writing data|closed early)\.$/;

/** A page that failed shows the digest as its reference; the log names the same. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    if (error instanceof Error && READER_LEFT.test(error.message)) return;
    const { log } = await import("@/lib/log");
    const ref = typeof error === "object" && error && "digest" in error ? String(error.digest) : undefined;
    log.error("page.failed", error, { ref, path: request.path.split("?")[0], route: context.routePath });
  }
};

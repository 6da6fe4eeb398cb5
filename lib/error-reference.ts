/** Under which the log has a failure of the server; undefined for one of the browser. */
export function errorReference(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
}

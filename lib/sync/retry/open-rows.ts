import type { Prisma } from "@/prisma/generated/sqlite/client";

/** A run's refused rows that nobody took in or set aside yet. */
export function openRows(
  runId: string,
  { code, column, file }: { code?: string; column?: string; file?: string } = {},
): Prisma.SyncRejectionWhereInput {
  return {
    runId,
    severity: "error",
    handledByRunId: null,
    dismissedAt: null,
    ...(code ? { code } : {}),
    ...(column ? { column } : {}),
    ...(file ? { file } : {}),
  };
}

import "server-only";
import type { Reader } from "@/lib/db/client";
import { READS_WHOLE_FEED } from "../run-triggers";

/** The number of the newest good run that has read the whole of a run's feed since; null when none has. */
export async function readSince(on: Reader, run: { feedSourceId: string | null; number: number }) {
  const later = await on.syncHistory.findFirst({
    where: {
      feedSourceId: run.feedSourceId,
      number: { gt: run.number },
      isDryRun: false,
      trigger: { in: [...READS_WHOLE_FEED] },
      status: { in: ["success", "partial"] },
    },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return later?.number ?? null;
}

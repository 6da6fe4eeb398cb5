import "server-only";
import type { Tx } from "@/lib/db/client";
import { notify, peopleWho } from "./notify";

/** Failures in a row after which people are told; one alone is often mended by the next look. */
const REPEATEDLY = 3;

/** Tells managers and admins of a source whose fetch has just failed for the third time in a row; once for each row of failures. */
export async function notifyFetchFailure(tx: Tx, fetchId: string) {
  const fetch = await tx.feedFetch.findUnique({
    where: { id: fetchId },
    select: { sourceId: true, message: true, source: { select: { name: true } } },
  });
  if (!fetch) return;
  const last = await tx.feedFetch.findMany({
    where: { sourceId: fetch.sourceId, outcome: { not: "running" } },
    orderBy: { id: "desc" }, // ids of version 7 rise with time
    select: { outcome: true },
    take: REPEATEDLY + 1,
  });
  const failures = last.findIndex(({ outcome }) => outcome !== "failed");
  if ((failures < 0 ? last.length : failures) !== REPEATEDLY) return;
  const news = {
    kind: "fetch.failed" as const,
    title: `${fetch.source.name} could not be fetched ${REPEATEDLY} times in a row`,
    body: fetch.message,
    href: `/feeds/${fetch.sourceId}`,
  };
  await notify(tx, news, await peopleWho(tx, "feed:run"));
}

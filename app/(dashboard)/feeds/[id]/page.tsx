import { Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ArchiveTable } from "@/components/feeds/archive-table";
import { FetchButton } from "@/components/feeds/fetch-button";
import { FetchesTable } from "@/components/feeds/fetches-table";
import { SourceFacts } from "@/components/feeds/source-facts";
import { SourceHead } from "@/components/feeds/source-head";
import { CancelButton } from "@/components/jobs/cancel-button";
import { LiveProgress } from "@/components/jobs/live-progress";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { getFeedSource } from "@/lib/feeds/queries";
import { getSourceHistory, getSourceSettings, listFetches } from "@/lib/feeds/source-overview";
import { formatPlural } from "@/lib/format";
import { liveJob } from "@/lib/jobs/live-job";
import { isWorkerAlive } from "@/lib/jobs/queries";

export async function generateMetadata({ params }: PageProps<"/feeds/[id]">): Promise<Metadata> {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const source = id ? await getFeedSource(actor, id) : null;
  return { title: source ? source.name : "No such source" };
}

const feedSearch = z.object({ before: z.uuid().optional().catch(undefined) });

export default async function FeedPage({ params, searchParams }: PageProps<"/feeds/[id]">) {
  const actor = await requireActor();
  const id = z.uuid().safeParse((await params).id).data;
  const { before } = feedSearch.parse(await searchParams);
  const source = id ? await getSourceSettings(actor, id) : null;
  if (!id || !source) notFound();
  const [history, fetches, hasWorker] = await Promise.all([
    getSourceHistory(actor, id),
    listFetches(actor, { sourceId: id, before }),
    isWorkerAlive(actor),
  ]);
  const mayRun = can(actor, "feed:run");
  const running = fetches.rows.find((fetch) => fetch.outcome === "running");
  const isFetched = source.connection.type !== "upload";
  const last = before ? undefined : fetches.rows[0];
  return (
    <>
      <SourceHead
        source={source}
        current="overview"
        actions={
          mayRun &&
          source.isActive && (
            <>
              <Link href={`/feeds?source=${id}#import`} className={buttonClass()}>
                <Upload aria-hidden />
                Import files
              </Link>
              {isFetched && last?.outcome === "unchanged" && (
                <FetchButton sourceId={id} name={source.name} label="Import again although unchanged" force />
              )}
              {isFetched && <FetchButton sourceId={id} name={source.name} variant="primary" />}
            </>
          )
        }
      />
      <SourceFacts source={source} history={history} />
      {running && !hasWorker && <NoWorker />}
      {running?.job && (
        <div className="flex items-center gap-4 px-4 pb-3">
          <LiveProgress
            key={`${running.job.id}-${running.job.status}`}
            initial={liveJob(running.job)}
            name={running.job.displayName}
          />
          {can(actor, "job:control") && <CancelButton job={running.job} />}
        </div>
      )}
      {last?.outcome === "failed" && (
        <p role="alert" className="mx-4 mb-3 rounded-md bg-red-soft px-3 py-2 text-red [overflow-wrap:anywhere]">
          The last fetch failed: {last.message}
        </p>
      )}
      {isFetched && (
        <section aria-labelledby="fetches">
          <h2 id="fetches" className="px-4 pt-2 pb-1.5 text-lg">
            Fetches
          </h2>
          {fetches.rows.length > 0 ? (
            <div className="border-t bg-panel">
              <FetchesTable fetches={fetches.rows} />
            </div>
          ) : (
            <p className="px-4 pb-3 text-muted">
              {before ? "No earlier fetch." : "Nothing was fetched yet. Each look at the server is listed here."}
            </p>
          )}
          {(fetches.older || before) && (
            <p className="flex gap-4 px-4 py-2">
              {before && (
                <Link href={`/feeds/${id}`} className="text-accent hover:underline">
                  Newest
                </Link>
              )}
              {fetches.older && (
                <Link href={`/feeds/${id}?before=${fetches.older}`} className="text-accent hover:underline">
                  Earlier fetches
                </Link>
              )}
            </p>
          )}
        </section>
      )}
      <section aria-labelledby="archive">
        <h2 id="archive" className="px-4 pt-4 pb-1.5 text-lg">
          Received files
        </h2>
        {history.files.length > 0 ? (
          <div className="border-t bg-panel">
            <ArchiveTable files={history.files} mayDownload={mayRun} />
          </div>
        ) : (
          <p className="px-4 pb-3 text-muted">None yet. Every file is kept here as it came, with its checksum.</p>
        )}
        {history.fileCount > history.files.length && (
          <p className="px-4 py-2 text-xs text-muted">
            and {formatPlural(history.fileCount - history.files.length, "older file")}, found on the runs they went into
          </p>
        )}
      </section>
      <RefreshWhile isActive={running !== undefined} />
    </>
  );
}

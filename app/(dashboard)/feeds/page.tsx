import { Download, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { ImportForm } from "@/components/feeds/import-form";
import { SourcesTable } from "@/components/feeds/sources-table";
import { PageHead } from "@/components/frame/page-head";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { listFeedSources } from "@/lib/feeds/queries";
import { formatPlural } from "@/lib/format";

export const metadata: Metadata = { title: "Feeds" };

const feedsSearch = z.object({ source: z.uuid().optional().catch(undefined) });

export default async function FeedsPage({ searchParams }: PageProps<"/feeds">) {
  const actor = await requireActor();
  const { source } = feedsSearch.parse(await searchParams);
  const sources = await listFeedSources(actor);
  const mayRun = can(actor, "feed:run");
  const usable = sources.filter(({ isActive }) => isActive);
  const isBusy = sources.some(
    ({ lastRun, lastFetch }) =>
      lastRun?.status === "running" || lastRun?.status === "pending" || lastFetch?.outcome === "running",
  );
  return (
    <>
      <PageHead
        title="Feeds"
        meta={<span className="tabular">{formatPlural(sources.length, "source")}</span>}
        actions={
          <>
            <Link href="/feeds/precedence" className={buttonClass()}>
              Who rules what
            </Link>
            <Link href="/feeds/rules" className={buttonClass()}>
              Approval rules
            </Link>
            {mayRun && (
              <Link href="/feeds/new" className={buttonClass()}>
                <Plus aria-hidden />
                New source
              </Link>
            )}
          </>
        }
      />
      {sources.length === 0 ? (
        !mayRun && (
          <EmptyState icon={Download} title="No feed yet">
            A manager imports the first one here. Its products then appear in the catalogue.
          </EmptyState>
        )
      ) : (
        <div className="shrink-0 border-t bg-panel">
          <SourcesTable sources={sources} mayRun={mayRun} />
        </div>
      )}
      {mayRun && (
        <section id="import" aria-labelledby="import-title" className="scroll-mt-2 px-4 py-5">
          <h2 id="import-title" className="mb-3 text-lg">
            {sources.length === 0 ? "Import your first feed" : "New import"}
          </h2>
          <ImportForm
            key={source}
            sources={usable.map(({ id, name, kind, connection }) => ({ id, name, kind, connection }))}
            sourceId={source}
            mayApprove={can(actor, "sync:review")}
          />
        </section>
      )}
      <RefreshWhile isActive={isBusy} />
    </>
  );
}

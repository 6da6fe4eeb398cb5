import { Layers } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { BatchesTable } from "@/components/icons/batches-table";
import { IconTabs } from "@/components/icons/icon-tabs";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { batchSearch, listBatches } from "@/lib/icons/list-batches";

export const metadata: Metadata = { title: "Icon batches" };

export default async function BatchesPage({ searchParams }: PageProps<"/icons/batches">) {
  const actor = await requireActor("catalog:read");
  const search = batchSearch.parse(await searchParams);
  const batches = await listBatches(actor, search);
  const mayEdit = can(actor, "catalog:write");
  const generate = mayEdit && (
    <Link href="/icons/new" className={buttonClass({ variant: "primary" })}>
      Generate icons
    </Link>
  );
  return (
    <>
      <PageHead title="Icons" actions={generate} />
      <IconTabs current="/icons/batches" />
      {batches.rows.length === 0 ? (
        <EmptyState icon={Layers} title="No batch yet">
          Icons that are asked for together are a batch: how far it is, what it made, what failed and what it cost.
        </EmptyState>
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel">
          <BatchesTable batches={batches} />
        </div>
      )}
      <Pagination
        summary={formatPlural(batches.total, "batch", "batches")}
        previousHref={search.before === undefined ? null : "/icons/batches"}
        nextHref={batches.older === null ? null : `/icons/batches?before=${batches.older}`}
      />
      <RefreshWhile
        isActive={batches.rows.some(({ jobStatus }) => jobStatus === "running" || jobStatus === "pending")}
      />
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { BatchBar, batchWords } from "@/components/icons/batch-bar";
import { BatchButtons } from "@/components/icons/batch-buttons";
import { lookWords } from "@/components/icons/batches-table";
import { CeilingForm } from "@/components/icons/ceiling-form";
import { FailedPictures } from "@/components/icons/failed-pictures";
import { type GridIcon, IconGrid } from "@/components/icons/icon-grid";
import { JobButtons } from "@/components/jobs/job-buttons";
import { JobStatus } from "@/components/jobs/job-status";
import { LiveProgress } from "@/components/jobs/live-progress";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { AppError } from "@/lib/errors";
import { formatPlural } from "@/lib/format";
import { hrefWith } from "@/lib/href";
import { formatMicros } from "@/lib/icons/format-micros";
import { type BatchDetails, getBatch, picturesSearch } from "@/lib/icons/get-batch";
import { getJob } from "@/lib/jobs/get-job";
import { liveJob } from "@/lib/jobs/live-job";
import { isWorkerAlive } from "@/lib/jobs/queries";

const address = z.coerce.number().int().min(1).max(2_000_000_000);

type Props = PageProps<"/icons/batches/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Icon batch ${(await params).number}` };
}

export default async function BatchPage({ params, searchParams }: Props) {
  const actor = await requireActor("catalog:read");
  const number = address.safeParse((await params).number).data;
  if (number === undefined) notFound();
  const search = picturesSearch.parse(await searchParams);
  const batch = await getBatch(actor, number, search).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const [job, hasWorker] = await Promise.all([batch.jobId ? getJob(actor, batch.jobId) : null, isWorkerAlive(actor)]);
  const live = job && liveJob(job, job.duration?.medianSeconds);
  const mayEdit = can(actor, "catalog:write");
  const { counts, pending } = batch;
  const isOpen = live?.isOpen ?? false;
  const href = (to: Partial<typeof search>) => {
    const { show, after } = { ...search, after: undefined, ...to };
    return hrefWith(`/icons/batches/${number}`, { show: show === "all" ? "" : show, after });
  };
  const withIcon = iconsOf(batch);
  const without = batch.pictures.filter(({ icon }) => icon === null);
  return (
    <>
      <PageHead
        crumbs={[
          { href: "/icons", label: "Icons" },
          { href: "/icons/batches", label: "Batches" },
        ]}
        title={`Batch ${number}`}
        meta={job && <JobStatus job={job} />}
        actions={
          <>
            {job && isOpen && can(actor, "job:control") && <JobButtons job={job} />}
            {mayEdit && (
              <BatchButtons
                batchId={batch.id}
                pending={pending}
                retriable={isOpen ? 0 : counts.failed + counts.skipped}
                paidWords={counts.failedMicros > 0 ? formatMicros(counts.failedMicros, batch.currency) : null}
              />
            )}
          </>
        }
      />
      {!hasWorker && isOpen && <NoWorker />}
      {job?.error && (
        <p role="alert" className="mx-4 mb-3 rounded-md bg-red-soft px-3 py-2 text-red">
          {job.error}
        </p>
      )}
      <div className="grid gap-2 border-t px-4 py-3">
        {live && isOpen ? (
          <LiveProgress key={live.status} initial={live} name={`Batch ${number}`} />
        ) : (
          <BatchBar counts={counts} className="h-2.5" />
        )}
        <p className="tabular flex flex-wrap gap-x-2">
          <strong className="font-semibold">{batchWords(counts)}</strong>
          <span className="text-muted">
            {lookWords(batch)} · {batch.size} px · by {batch.by}, <Time at={batch.createdAt} format="short" />
            {job && (
              <>
                {" · "}
                <Link href={`/jobs/${job.id}`} className="text-accent underline">
                  its job
                </Link>
              </>
            )}
          </span>
        </p>
        {batch.instructions && <p className="text-muted">Instructions: “{batch.instructions}”</p>}
        {batch.provider === "endpoint" && <Cost batch={batch} mayEdit={mayEdit} />}
      </div>
      <Tabs
        label="Pictures"
        tabs={[
          { href: href({ show: "all" }), label: "All", isCurrent: search.show === "all" },
          {
            href: href({ show: "succeeded" }),
            label: "Made",
            count: counts.succeeded,
            isCurrent: search.show === "succeeded",
          },
          {
            href: href({ show: "failed" }),
            label: "Failed",
            count: counts.failed,
            isCurrent: search.show === "failed",
          },
          {
            href: href({ show: "skipped" }),
            label: "Left out",
            count: counts.skipped,
            isCurrent: search.show === "skipped",
          },
          {
            href: href({ show: "waiting" }),
            label: "To come",
            count: counts.waiting + counts.running,
            isCurrent: search.show === "waiting",
          },
        ]}
      />
      {batch.pictures.length === 0 ? (
        <EmptyState title="No picture of this kind" />
      ) : (
        <div className="scroller min-h-0 flex-1 bg-panel pb-16">
          {withIcon.length > 0 && <IconGrid icons={withIcon} mayEdit={mayEdit} label={`Icons of batch ${number}`} />}
          {without.length > 0 && <FailedPictures pictures={without} currency={batch.currency} />}
        </div>
      )}
      <Pagination
        summary={formatPlural(batch.pictures.length, "picture on this page", "pictures on this page")}
        previousHref={search.after === undefined ? null : href({})}
        nextHref={batch.next === null ? null : href({ after: batch.next })}
      />
      <RefreshWhile isActive={live?.status === "running" || live?.status === "pending"} />
    </>
  );
}

function Cost({ batch, mayEdit }: { batch: BatchDetails; mayEdit: boolean }) {
  const { counts, ceilingMicros, currency } = batch;
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <p className="tabular sm:pt-7">
        Cost {formatMicros(counts.costMicros, currency)}
        {ceilingMicros !== null && ` of ${formatMicros(ceilingMicros, currency)}`}
        {counts.failedMicros > 0 && (
          <span className="text-muted">
            , {formatMicros(counts.failedMicros, currency)} of it for pictures that failed
          </span>
        )}
      </p>
      {mayEdit && (
        <CeilingForm key={ceilingMicros} batchId={batch.id} ceilingMicros={ceilingMicros} currency={currency} />
      )}
    </div>
  );
}

/** An equal picture of several is one icon. */
function iconsOf({ pictures }: BatchDetails): GridIcon[] {
  const found = new Map<string, GridIcon>();
  for (const { icon } of pictures) {
    if (!icon) continue;
    const category = icon.category && { ...icon.category, above: [] };
    found.set(icon.id, { ...icon, category, isShown: icon.status === "active" && category !== null });
  }
  return [...found.values()];
}

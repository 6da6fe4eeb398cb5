import { CopyPlus, Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { z } from "zod";
import { PageHead } from "@/components/frame/page-head";
import { JobButtons } from "@/components/jobs/job-buttons";
import { JobFactsList } from "@/components/jobs/job-facts-list";
import { JobStatus } from "@/components/jobs/job-status";
import { JobTimeline } from "@/components/jobs/job-timeline";
import { JobValues } from "@/components/jobs/job-values";
import { LiveJobPanel } from "@/components/jobs/live-job-panel";
import { NoWorker } from "@/components/jobs/no-worker";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { KEPT_DAYS } from "@/lib/catalog/table-export/exports-folder";
import { finishedExport } from "@/lib/catalog/table-export/request-export";
import { formatBytes, formatPlural } from "@/lib/format";
import { finishedIconExport } from "@/lib/icons/export/export-job";
import { getJob } from "@/lib/jobs/get-job";
import { jobTimeline } from "@/lib/jobs/job-timeline";
import { liveJob } from "@/lib/jobs/live-job";
import { parametersInWords } from "@/lib/jobs/parameters-in-words";
import { isWorkerAlive } from "@/lib/jobs/queries";
import { readableEntries } from "@/lib/jobs/readable-values";
import { jobDefinition } from "@/lib/jobs/registry";

export async function generateMetadata({ params }: PageProps<"/jobs/[id]">): Promise<Metadata> {
  return { title: (await read((await params).id))?.displayName ?? "No such job" };
}

export default async function JobPage({ params }: PageProps<"/jobs/[id]">) {
  const actor = await requireActor();
  const job = await read((await params).id);
  if (!job) notFound();
  const [attempts, given, hasWorker] = await Promise.all([
    jobTimeline(actor, job.id),
    parametersInWords(actor, job.id),
    isWorkerAlive(actor),
  ]);
  const live = liveJob(job, job.duration?.medianSeconds);
  const links = {
    ...(job.run && {
      runId: <WorkLink href={`/syncs/${job.run.number}`}>{`Run ${job.run.number}, ${job.run.source}`}</WorkLink>,
    }),
    ...(job.batch && {
      batchId: <WorkLink href={`/icons/batches/${job.batch.number}`}>{`Batch ${job.batch.number}`}</WorkLink>,
    }),
  };
  const file = finishedExport(job);
  const archive = finishedIconExport(job);
  const definition = jobDefinition(job.jobType);
  const mayRepeat = definition && can(actor, definition.permission);
  return (
    <>
      <PageHead
        crumbs={[{ href: "/jobs", label: "Jobs" }]}
        title={job.displayName}
        meta={<JobStatus job={job} />}
        actions={
          <>
            {job.run && (
              <Link href={`/syncs/${job.run.number}`} className={buttonClass()}>
                Open run {job.run.number}
              </Link>
            )}
            {job.batch && (
              <Link href={`/icons/batches/${job.batch.number}`} className={buttonClass()}>
                Open batch {job.batch.number}
              </Link>
            )}
            {file?.isKept && can(actor, "catalog:read") && (
              // A file download: the router has no business here.
              <a href={`/api/products/exports/${job.id}`} download className={buttonClass({ variant: "primary" })}>
                <Download aria-hidden />
                Download ({formatBytes(file.bytes)})
              </a>
            )}
            {mayRepeat && (
              <Link href={`/jobs/new/${job.jobType}?from=${job.id}`} className={buttonClass()}>
                <CopyPlus aria-hidden />
                Run again with changes
              </Link>
            )}
            {archive?.isKept && can(actor, "catalog:read") && (
              <a href={`/api/icons/exports/${job.id}`} download className={buttonClass({ variant: "primary" })}>
                <Download aria-hidden />
                Download ({formatBytes(archive.bytes)})
              </a>
            )}
            {can(actor, "job:control") && <JobButtons job={job} />}
          </>
        }
      />
      {!hasWorker && live.isOpen && <NoWorker />}
      {job.error && (
        <p role="alert" className="mx-4 mb-3 rounded-md bg-red-soft px-3 py-2 text-red">
          {job.error}
        </p>
      )}
      {file && (
        <p className="mx-4 mb-3 text-muted">
          {formatPlural(file.products, "product")}.{" "}
          {file.isKept
            ? `The file is kept for ${KEPT_DAYS} days.`
            : `The file was kept for ${KEPT_DAYS} days and is gone. Export the list anew.`}
        </p>
      )}
      {job.waitsFor && <p className="mx-4 mb-3 text-muted">{job.waitsFor}</p>}
      <div className="scroller min-h-0 flex-1">
        <JobFactsList job={job} mayControl={can(actor, "job:control")} />
        <div className="grid lg:grid-cols-[minmax(0,1fr)_320px]">
          <div className="min-w-0">
            <LiveJobPanel
              key={job.status}
              initial={live}
              name={job.displayName}
              lines={job.log}
              linesBefore={job.linesBefore}
            >
              <JobTimeline
                attempts={attempts}
                now={new Date()}
                silentSince={job.isSilent ? (job.heartbeatAt ?? job.startedAt) : null}
              />
            </LiveJobPanel>
          </div>
          <aside aria-label="Parameters and result" className="min-w-0 lg:border-l">
            <JobValues
              title="Parameters"
              entries={given ?? readableEntries(job.parameters)}
              stored={job.parameters}
              none="It was given none."
              links={links}
            />
            <JobValues
              title="Result"
              entries={readableEntries(job.result, definition?.resultTitles)}
              stored={job.result}
              none={live.isOpen ? "It has none yet." : "It left none."}
              links={links}
            />
          </aside>
        </div>
      </div>
      <RefreshWhile isActive={job.status === "running" || job.isSilent} />
    </>
  );
}

/** For the page and its title alike. */
const read = cache(async (text: string) => {
  const actor = await requireActor();
  const id = z.uuid().safeParse(text).data;
  return id ? getJob(actor, id) : null;
});

function WorkLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-accent hover:underline">
      {children}
    </Link>
  );
}

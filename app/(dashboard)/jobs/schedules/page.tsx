import { CalendarClock, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { FeedSchedules, Upkeep } from "@/components/jobs/schedules/other-schedules";
import { SchedulesTable } from "@/components/jobs/schedules/schedules-table";
import { RefreshWhile } from "@/components/live/refresh-while";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { can } from "@/lib/auth/actor";
import { requireActor } from "@/lib/auth/current-actor";
import { formatPlural } from "@/lib/format";
import { isOpen } from "@/lib/jobs/job-state";
import { listSchedules } from "@/lib/jobs/schedules/queries";
import { listUpkeep } from "@/lib/jobs/schedules/upkeep";

export const metadata: Metadata = { title: "Schedules" };

export default async function SchedulesPage() {
  const actor = await requireActor();
  const [{ schedules, feeds }, upkeep] = await Promise.all([listSchedules(actor), listUpkeep(actor)]);
  const mayControl = can(actor, "job:control");
  const add = (
    <Link href="/jobs/schedules/new" className={buttonClass({ variant: "primary" })}>
      <Plus aria-hidden />
      New schedule
    </Link>
  );
  return (
    <>
      <PageHead
        crumbs={[{ href: "/jobs", label: "Jobs" }]}
        title="Schedules"
        meta={<span className="tabular">{formatPlural(schedules.length, "schedule")}</span>}
        actions={mayControl && add}
      />
      <div className="scroller min-h-0 flex-1 border-t bg-panel">
        {schedules.length > 0 ? (
          <SchedulesTable schedules={schedules} mayControl={mayControl} />
        ) : (
          <EmptyState icon={CalendarClock} title="No job is asked for by the clock" actions={mayControl && add}>
            A schedule starts a job every hour, every day or by a pattern: an export each night, a look for duplicates
            each Monday.
          </EmptyState>
        )}
        {feeds.length > 0 && (
          <section aria-labelledby="feeds">
            <h2 id="feeds" className="px-4 pt-6 pb-2 text-md font-semibold">
              Feeds
            </h2>
            <FeedSchedules feeds={feeds} />
          </section>
        )}
        <section aria-labelledby="upkeep">
          <h2 id="upkeep" className="px-4 pt-6 pb-2 text-md font-semibold">
            Upkeep
          </h2>
          <Upkeep rows={upkeep} />
        </section>
      </div>
      <RefreshWhile isActive={schedules.some(({ lastJob }) => lastJob && isOpen(lastJob.status))} />
    </>
  );
}

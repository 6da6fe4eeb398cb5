"use client";

import { CircleAlert, LoaderCircle, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Progress } from "@/components/ui/progress";
import { formatCount, formatDuration, formatPlural } from "@/lib/format";
import type { WorkItem } from "@/lib/jobs/current-work";
import { useWork } from "./work-context";

/** What runs now, one click from its page. */
export function WorkStatus() {
  const work = useWork();
  if (!work) return null;
  const first = work.running[0];
  if (work.isDiskFull) {
    return (
      <Link href="/syncs/storage" className="flex items-center gap-1.5 text-xs font-medium text-red hover:underline">
        <CircleAlert aria-hidden className="size-[15px]" />
        <span className="max-sm:sr-only">The disk is full: nothing can be saved</span>
      </Link>
    );
  }
  if (!work.hasWorker) {
    return (
      <Link href="/jobs" className="flex items-center gap-1.5 text-xs font-medium text-amber hover:underline">
        <TriangleAlert aria-hidden className="size-[15px]" />
        <span className="max-sm:sr-only">
          No worker is running
          {work.waitingCount > 0 && ` · ${formatCount(work.waitingCount)} waiting`}
        </span>
      </Link>
    );
  }
  const trouble = work.troubledCount > 0 && <Trouble count={work.troubledCount} hasGivenUp={work.parkedCount > 0} />;
  if (!first) return trouble;
  const others = work.runningCount - 1;
  return (
    <>
      {trouble}
      <Link
        href={`/jobs/${first.id}`}
        className="flex min-w-0 items-center gap-2 text-xs text-muted hover:text-text"
        title={first.stage}
      >
        <LoaderCircle aria-hidden className="size-[15px] shrink-0 animate-spin" />
        <span className="truncate max-md:sr-only">{first.name}</span>
        <Progress percent={first.percent} label={first.name} className="max-sm:w-8" />
        <span className="tabular whitespace-nowrap max-lg:sr-only">
          {progressWords(first)}
          {others > 0 && ` · ${formatCount(others)} more`}
        </span>
      </Link>
    </>
  );
}

/** Jobs that a person has to look at: one that gave up, or failed within the last day. */
function Trouble({ count, hasGivenUp }: { count: number; hasGivenUp: boolean }) {
  return (
    <Link
      href={hasGivenUp ? "/jobs?tab=lost" : "/jobs?tab=failed"}
      className="flex shrink-0 items-center gap-1.5 text-xs font-medium text-red hover:underline"
    >
      <CircleAlert aria-hidden className="size-[15px]" />
      <span className="max-sm:sr-only">{formatPlural(count, "job")} failed</span>
    </Link>
  );
}

function progressWords({ done, total, unit, secondsLeft, stage }: WorkItem) {
  if (done === null || unit === "bytes") return secondsLeft === null ? stage : `${formatDuration(secondsLeft)} left`;
  const count = total === null ? `${formatCount(done)} ${unit}` : `${formatCount(done)} / ${formatCount(total)}`;
  return secondsLeft === null ? count : `${count} · ${formatDuration(secondsLeft)} left`;
}

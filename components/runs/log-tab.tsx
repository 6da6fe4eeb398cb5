import Link from "next/link";
import { LogLines } from "@/components/jobs/log-lines";
import { EmptyState } from "@/components/ui/empty-state";
import { ScrollArea } from "@/components/ui/scroll-area";
import { StatusDot } from "@/components/ui/status";
import type { JobDetail } from "@/lib/jobs/get-job";
import type { RunDetail } from "@/lib/sync/queries";

/** What the run and its job had to say. */
export function LogTab({ run, job }: { run: RunDetail; job: JobDetail | null }) {
  const said = [
    ...run.errors.map((message) => ({ ...message, tone: "red" as const, word: "error" })),
    ...run.warnings.map((message) => ({ ...message, tone: "amber" as const, word: "warning" })),
    ...run.messages.map((message) => ({ ...message, tone: "idle" as const, word: "note" })),
  ];
  if (said.length === 0 && !job?.log.length) {
    return <EmptyState title="Nothing to tell">This run wrote no message.</EmptyState>;
  }
  return (
    <ScrollArea label="Log" className="px-4 py-3">
      <ul className="grid gap-1">
        {said.map((message) => (
          <li key={`${message.word}-${message.text}`} className="flex items-baseline gap-3">
            <StatusDot tone={message.tone} className="w-16">
              {message.word}
            </StatusDot>
            <span>{message.text}</span>
          </li>
        ))}
      </ul>
      {job && job.log.length > 0 && (
        <>
          <h2 className="mt-4 mb-1 text-xs text-muted">
            Job{" "}
            <Link href={`/jobs/${job.id}`} className="text-accent hover:underline">
              {job.displayName}
            </Link>
          </h2>
          <LogLines lines={job.log} sought="" />
        </>
      )}
    </ScrollArea>
  );
}

"use client";

import { saveJobRetentionAction } from "@/app/(dashboard)/jobs/actions";
import { DaysForm } from "@/components/ui/days-form";
import type { JobRetention } from "@/lib/jobs/retention/settings";

const FIELDS = [
  { name: "doneDays", label: "Days a job that was done stays", help: "Also one that was cancelled.", least: 1 },
  { name: "failedDays", label: "Days a job that failed stays", help: "Also one that gave up.", least: 1 },
  { name: "lineDays", label: "Days a log's lines stay", help: "The job itself stays longer.", least: 1 },
] as const;

/** How long jobs and their logs are kept. */
export function JobRetentionForm({ retention, mayChange }: { retention: JobRetention; mayChange: boolean }) {
  return (
    <>
      <DaysForm
        fields={FIELDS}
        values={retention}
        mayChange={mayChange}
        save={(to) => saveJobRetentionAction({ from: retention, to })}
        saved="Saved. The next daily clearing goes by it."
      />
      {!mayChange && <p className="mt-3 text-muted">An admin can change the days.</p>}
    </>
  );
}

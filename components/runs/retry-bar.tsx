"use client";

import { RotateCw, Upload } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { type IntentProps, OnIntent } from "@/components/ui/on-intent";
import { formatCount, formatPlural } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";
import type { RetryState } from "@/lib/sync/retry/retry-state";

type Props = {
  run: Pick<RunDetail, "id" | "number">;
  retry: Pick<RetryState, "open" | "ready" | "of" | "busy" | "closed">;
  filter: { code?: string; column?: string; file?: string };
  mayMend: boolean;
};

/** What is open of a run's refused rows, and the ways to try them again. */
export function RetryBar({ run, retry, filter, mayMend }: Props) {
  const { open, ready, of, busy, closed } = retry;
  if (of !== null) {
    return (
      <Line>
        These rows are open in <RunLink number={of} />, which refused them first: mend and try them there.
      </Line>
    );
  }
  if (open === 0) return <Line>None of them is open: each was taken in by a later run or set aside.</Line>;
  if (busy) {
    return (
      <Line>
        <RunLink number={busy.number} /> tries rows of this run again
        {busy.isReview ? " and waits for review." : "; they can be mended again when it has ended."}
      </Line>
    );
  }
  if (closed) return <Line>{closed}</Line>;
  if (!mayMend)
    return <Line>{formatPlural(open, "row is", "rows are")} open. Managers mend them and try them again.</Line>;

  async function loadRetry() {
    const { RetryDialog } = await import("./retry-dialog");
    return (props: IntentProps) => <RetryDialog run={run} which={{ type: "open", ...filter }} {...props} />;
  }
  async function loadMended() {
    const { RetryDialog } = await import("./retry-dialog");
    return (props: IntentProps) => <RetryDialog run={run} which={{ type: "mended" }} {...props} />;
  }
  async function loadUpload() {
    const { RetryUploadDialog } = await import("./retry-upload-dialog");
    return (props: IntentProps) => <RetryUploadDialog run={run} {...props} />;
  }
  const isFiltered = Boolean(filter.code || filter.column || filter.file);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
      <p className="min-w-0 flex-1 basis-72 text-muted">
        <b className="tabular font-semibold text-text">{formatPlural(open, "row")} open.</b> Download them with their
        reasons, mend them in a spreadsheet and upload them here; or mend single rows below.
      </p>
      {ready > 0 && (
        <OnIntent load={loadMended} opens="dialog">
          <Button size="small" variant="primary">
            <RotateCw aria-hidden />
            Try {formatPlural(ready, "mended row")}
          </Button>
        </OnIntent>
      )}
      <OnIntent load={loadUpload} opens="dialog">
        <Button size="small">
          <Upload aria-hidden />
          Upload mended rows
        </Button>
      </OnIntent>
      <OnIntent load={loadRetry} opens="dialog" key={JSON.stringify(filter)}>
        <Button size="small">
          <RotateCw aria-hidden />
          {isFiltered ? "Try these again" : `Try all ${formatCount(open)} again`}
        </Button>
      </OnIntent>
    </div>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return <p className="border-b px-3 py-2 text-muted">{children}</p>;
}

function RunLink({ number }: { number: number }) {
  return (
    <Link href={`/syncs/${number}`} className="tabular text-accent underline">
      Run {number}
    </Link>
  );
}

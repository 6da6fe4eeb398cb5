import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { JobStatus } from "@/components/jobs/job-status";
import { Time } from "@/components/ui/time";
import { formatCount, NOTHING } from "@/lib/format";
import { formatMicros } from "@/lib/icons/format-micros";
import type { listBatches } from "@/lib/icons/list-batches";
import { PROVIDER_WORDS } from "@/lib/icons/look-words";
import { BatchBar, batchWords, picturesOf } from "./batch-bar";

type Batches = Awaited<ReturnType<typeof listBatches>>;

/** Batches, with what became of their pictures. */
export function BatchesTable({ batches }: { batches: Batches }) {
  return (
    <table className="ledger" aria-label="Batches">
      <colgroup>
        <col style={{ width: "96px" }} />
        <col style={{ width: "110px" }} />
        <col />
        <col style={{ width: "84px" }} />
        <col style={{ width: "24%" }} />
        <col style={{ width: "110px" }} />
        <col style={{ width: "120px" }} />
        <col style={{ width: "110px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Batch</th>
          <th scope="col">State</th>
          <th scope="col">Look</th>
          <th scope="col" className="num">
            Pictures
          </th>
          <th scope="col">Outcome</th>
          <th scope="col" className="num">
            Cost
          </th>
          <th scope="col">By</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <LedgerBody>
        {batches.rows.map((batch) => (
          <tr key={batch.id}>
            <td data-phone="title">
              <Link href={`/icons/batches/${batch.number}`} className="row-link font-medium">
                Batch {batch.number}
              </Link>
            </td>
            <td data-phone="right">
              {batch.jobStatus && (
                <JobStatus job={{ status: batch.jobStatus, cancelRequested: false, pauseRequested: false }} />
              )}
            </td>
            <td className="max-sm:hidden">{lookWords(batch)}</td>
            <td className="num max-sm:hidden">{formatCount(picturesOf(batch.counts))}</td>
            <td data-phone="below">
              <span className="flex items-center gap-2">
                <BatchBar counts={batch.counts} className="h-1.5 w-20 shrink-0" />
                <span className="tabular truncate text-xs text-muted">{batchWords(batch.counts)}</span>
              </span>
            </td>
            <td className="num max-sm:hidden">{costWords(batch, batches.currency)}</td>
            <td className="max-sm:hidden">{batch.by}</td>
            <td data-phone="below-right">
              <Time at={batch.createdAt} format="short" />
            </td>
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

export function lookWords({ provider, model, style, color, background }: Batches["rows"][number] | Look): string {
  const maker = provider === "endpoint" ? model || PROVIDER_WORDS.endpoint : PROVIDER_WORDS["built-in"];
  return [maker, style, color, background].filter(Boolean).join(" · ");
}
type Look = { provider: string; model: string; style: string; color: string; background: string };

function costWords({ provider, counts }: Batches["rows"][number], currency: string) {
  return provider === "endpoint" ? formatMicros(counts.costMicros, currency) : NOTHING;
}

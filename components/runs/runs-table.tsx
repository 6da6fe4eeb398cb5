import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Checkbox } from "@/components/ui/input";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { formatDuration, formatPercent, NOTHING } from "@/lib/format";
import type { RunRow } from "@/lib/sync/queries";
import { countItems, type RunFound, runFound, runSummary, successRate, undoSummary } from "@/lib/sync/run-words";
import { RunBar } from "./run-bar";
import { RunKind } from "./run-kind";
import { RunStatus } from "./run-status";

type Props = {
  runs: RunRow[];
  /** The form that ticked runs belong to: it compares two of them. */
  compareForm: string;
};

export function RunsTable({ runs, compareForm }: Props) {
  return (
    <table className="ledger" aria-label="Sync runs">
      <colgroup>
        <col style={{ width: "40px" }} />
        <col style={{ width: "64px" }} />
        <col style={{ width: "19%" }} />
        <col style={{ width: "140px" }} />
        <col />
        <col style={{ width: "120px" }} />
        <col style={{ width: "76px" }} />
        <col style={{ width: "80px" }} />
        <col style={{ width: "104px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Compare</span>
          </th>
          <th scope="col" className="num">
            Run
          </th>
          <th scope="col">Source</th>
          <th scope="col">State</th>
          <th scope="col">What it found</th>
          <th scope="col">
            <span className="sr-only">In shares</span>
          </th>
          <th scope="col" className="num" title="Neither rejected nor failed">
            Good
          </th>
          <th scope="col" className="num">
            Took
          </th>
          <th scope="col">Started</th>
        </tr>
      </thead>
      <LedgerBody>
        {runs.map((run) => (
          <RunTableRow key={run.id} run={run} compareForm={compareForm} />
        ))}
      </LedgerBody>
    </table>
  );
}

function RunTableRow({ run, compareForm }: { run: RunRow; compareForm: string }) {
  const found = runFound(run);
  const rate = successRate(found.counts, run.failed);
  const words = foundWords(run, found);
  return (
    <tr>
      <td>
        <span className="above-link">
          <Checkbox form={compareForm} name="run" value={run.number} aria-label={`Compare run ${run.number}`} />
        </span>
      </td>
      <td className="num mono text-muted" data-phone="lead">
        {run.number}
      </td>
      <td data-phone="title">
        <Link href={`/syncs/${run.number}`} className="row-link font-medium">
          {run.source}
        </Link>{" "}
        <RunKind run={run} /> {run.prunedAt && <Badge>rows cleared</Badge>}
      </td>
      <td data-phone="right">
        <RunStatus run={run} />
      </td>
      <td data-phone="below" className="tabular" title={words}>
        {words}
      </td>
      <td>
        <RunBar found={found} small />
      </td>
      <td className="num text-muted">{rate === null ? NOTHING : formatPercent(rate)}</td>
      <td className="num text-muted">{duration(run)}</td>
      <td data-phone="below-right" className="text-muted">
        <Time at={run.startedAt ?? run.createdAt} />
      </td>
    </tr>
  );
}

function foundWords(run: RunRow, found: RunFound) {
  if (run.trigger === "undo") return run.completedAt ? undoSummary(run) : NOTHING;
  if (countItems(found.counts) > 0) return runSummary(found);
  if (run.feedSourceId === null) return NOTHING;
  return run.status === "success" || run.status === "partial" ? "Nothing in the feed" : NOTHING;
}

function duration({ startedAt, completedAt }: RunRow) {
  if (!startedAt || !completedAt) return NOTHING;
  return formatDuration((completedAt.getTime() - startedAt.getTime()) / 1000);
}

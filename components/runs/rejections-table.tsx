import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Badge } from "@/components/ui/status";
import type { RejectionRow } from "@/lib/sync/list-rejections";
import { FeedPlace } from "./feed-place";
import { MendButton } from "./mend-button";

type Props = {
  runId: string;
  rows: RejectionRow[];
  /** Rows that were tried since and refused again: id → run number. */
  triedIn: Map<number, number>;
  /** Remarks need no answer. */
  hasState: boolean;
  mayMend: boolean;
};

export function RejectionsTable({ runId, rows, triedIn, hasState, mayMend }: Props) {
  return (
    <table className="ledger [&_td]:py-1.5 [&_td]:align-top" aria-label={hasState ? "Refused rows" : "Remarks"}>
      <colgroup>
        <col style={{ width: "200px" }} />
        <col style={{ width: "110px" }} />
        <col style={{ width: "30%" }} />
        <col />
        {hasState && <col style={{ width: "170px" }} />}
        {mayMend && <col style={{ width: "76px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">File and line</th>
          <th scope="col">Column</th>
          <th scope="col">Why</th>
          <th scope="col">As it stands in the file</th>
          {hasState && <th scope="col">State</th>}
          {mayMend && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <LedgerBody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-phone="title">
              <FeedPlace file={row.file} line={row.line} />
            </td>
            <td className="mono text-muted">{row.column}</td>
            <td data-phone="below" className="whitespace-normal!">
              {row.reason}
            </td>
            <td className="whitespace-normal!">
              <code className="mono text-muted [overflow-wrap:anywhere]">{row.raw}</code>
            </td>
            {hasState && (
              <td data-phone="below-right">
                <RowState state={row.state} triedIn={triedIn.get(row.id)} />
              </td>
            )}
            {mayMend && (
              <td data-phone="right" className="num">
                {(row.state.is === "open" || row.state.is === "ready") && (
                  <MendButton id={row.id} runId={runId} place={`${row.file}, line ${row.line}`} />
                )}
              </td>
            )}
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

function RowState({ state, triedIn }: { state: RejectionRow["state"]; triedIn?: number }) {
  switch (state.is) {
    case "open":
      return triedIn ? (
        <span className="grid gap-0.5">
          <span>
            <Badge tone="red">refused again</Badge>
          </span>
          <span className="text-xs text-muted">
            in <RunLink number={triedIn} />
          </span>
        </span>
      ) : (
        <Badge tone="red">open</Badge>
      );
    case "ready":
      return (
        <span className="grid gap-0.5">
          <span>
            <Badge tone="amber">mended, ready</Badge>
          </span>
          {triedIn && (
            <span className="text-xs text-muted">
              refused in <RunLink number={triedIn} />
            </span>
          )}
        </span>
      );
    case "handled":
      return (
        <span className="grid gap-0.5">
          <span>
            <Badge tone="green">applied</Badge>
          </span>
          <span className="text-xs text-muted">
            handled by {state.byRun ? <RunLink number={state.byRun} /> : "a run since removed"}
          </span>
        </span>
      );
    case "dismissed":
      return <Badge>set aside</Badge>;
    default:
      return state satisfies never;
  }
}

function RunLink({ number }: { number: number }) {
  return (
    <Link href={`/syncs/${number}`} className="tabular text-accent underline">
      run {number}
    </Link>
  );
}

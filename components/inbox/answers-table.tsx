import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Time } from "@/components/ui/time";
import type { listAnswers } from "@/lib/sync/match-queue/answers";
import { UndoAnswer } from "./undo-answer";

type Props = { rows: Awaited<ReturnType<typeof listAnswers>>["rows"]; mayUndo: boolean };

/** Which key of which source is which product, by whose word. */
export function AnswersTable({ rows, mayUndo }: Props) {
  return (
    <table className="ledger" aria-label="Answers given">
      <colgroup>
        <col style={{ width: "18%" }} />
        <col style={{ width: "18%" }} />
        <col />
        <col style={{ width: "200px" }} />
        <col style={{ width: "112px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Source</th>
          <th scope="col">Answer</th>
          <th scope="col">By</th>
          <th scope="col">
            <span className="sr-only">Take back</span>
          </th>
        </tr>
      </thead>
      <LedgerBody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="mono">{row.normalized}</td>
            <td className="text-muted">{row.source?.name ?? "every source"}</td>
            <td data-phone="title" className="max-sm:whitespace-normal!">
              <span className="mono text-muted sm:hidden">{row.normalized} </span>
              {row.product ? (
                <>
                  is{" "}
                  <Link href={`/products/${row.product.id}`} className="row-link">
                    <span className="mono">{row.product.sku}</span> {row.product.name}
                  </Link>
                </>
              ) : (
                <span className="text-muted">left out</span>
              )}
            </td>
            <td data-phone="below" className="text-muted">
              {row.by}, <Time at={row.createdAt} />
            </td>
            <td data-phone="right">{mayUndo && <UndoAnswer aliasId={row.id} code={row.normalized} />}</td>
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

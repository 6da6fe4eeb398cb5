import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { hrefWith } from "@/lib/href";
import type { RejectionRow } from "@/lib/sync/list-rejections";

/** Products that a person's run leaves out, each with why: nothing of them waits for anybody. */
export function RefusedProductsTable({ rows }: { rows: RejectionRow[] }) {
  return (
    <table className="ledger [&_td]:py-1.5 [&_td]:align-top" aria-label="Products left out">
      <colgroup>
        <col style={{ width: "140px" }} />
        <col style={{ width: "45%" }} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">SKU</th>
          <th scope="col">Why</th>
          <th scope="col">As it is</th>
        </tr>
      </thead>
      <LedgerBody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-phone="title">
              <Link
                href={hrefWith("/catalog", { q: row.externalKey ?? undefined })}
                prefetch={false}
                className="row-link mono"
              >
                {row.externalKey}
              </Link>
            </td>
            <td data-phone="below" className="whitespace-normal!">
              {row.reason}
            </td>
            <td className="text-muted whitespace-normal! [overflow-wrap:anywhere]">{row.raw}</td>
          </tr>
        ))}
      </LedgerBody>
    </table>
  );
}

import { Pin } from "lucide-react";
import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { Table } from "@/components/ui/table";
import { formatPlural } from "@/lib/format";
import type { RegistryRow } from "@/lib/metafields/definitions/queries";
import { usesWords } from "@/lib/metafields/definitions/uses-words";
import { codecOf } from "@/lib/metafields/types";

/** The registry: what each metafield is called, of which type, how many products have it and who asks for it. */
export function RegistryTable({ rows }: { rows: RegistryRow[] }) {
  return (
    <Table aria-label="Metafield definitions">
      <colgroup>
        <col />
        <col style={{ width: "32%" }} />
        <col style={{ width: "190px" }} />
        <col style={{ width: "110px" }} />
        <col style={{ width: "200px" }} />
        <col style={{ width: "44px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Namespace and key</th>
          <th scope="col">Type</th>
          <th scope="col" className="num">
            Products
          </th>
          <th scope="col">Asked for</th>
          <th scope="col">
            <span className="sr-only">Pinned</span>
          </th>
        </tr>
      </thead>
      <LedgerBody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td data-phone="title">
              <Link href={`/metafields/${row.id}`} className="row-link font-medium">
                {row.name || row.key}
              </Link>
            </td>
            <td data-phone="below" className="mono text-muted">
              {row.namespace}.{row.key}
            </td>
            <td className="text-muted">{codecOf(row.type).label}</td>
            <td data-phone="right" className="num">
              {row.uses === 0 ? <span className="text-faint">none</span> : usesWords(row.uses)}
            </td>
            <td data-phone="below-right" className="text-muted">
              {askedWords(row)}
            </td>
            <td>{row.pinnedPosition !== null && <Pin aria-label="Pinned" className="size-3.5 text-faint" />}</td>
          </tr>
        ))}
      </LedgerBody>
    </Table>
  );
}

function askedWords({ isRequired, templates }: RegistryRow) {
  if (isRequired) return "required of every product";
  return templates > 0 ? `in ${formatPlural(templates, "template")}` : "";
}

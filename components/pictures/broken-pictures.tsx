import { ImageOff } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatPlural } from "@/lib/format";
import type { BrokenPicture } from "@/lib/images/picture-report";
import { RetryButton } from "./retry-button";

type Props = { rows: BrokenPicture[]; next: number | null; isFirst: boolean; total: number; mayFetch: boolean };

/** Pictures that were asked for and can't be had, each with why. */
export function BrokenPictures({ rows, next, isFirst, total, mayFetch }: Props) {
  if (rows.length === 0) {
    return (
      <EmptyState icon={ImageOff} title={isFirst ? "No picture failed" : "No further picture failed"}>
        What can't be fetched or read is listed here with the reason.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="scroller min-h-0 flex-1 bg-panel">
        <Table aria-label="Pictures that can't be had">
          <colgroup>
            <col style={{ width: "30%" }} />
            <col style={{ width: "110px" }} />
            <col />
            <col style={{ width: "120px" }} />
            {mayFetch && <col style={{ width: "110px" }} />}
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Picture</th>
              <th scope="col">Why</th>
              <th scope="col">Tried</th>
              {mayFetch && (
                <th scope="col">
                  <span className="sr-only">Try again</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <BrokenRow key={row.id} row={row} mayFetch={mayFetch} />
            ))}
          </tbody>
        </Table>
      </div>
      <Pagination
        summary={`${formatPlural(rows.length, "picture")} of ${total}`}
        previousHref={isFirst ? null : "/reports/images"}
        nextHref={next === null ? null : `/reports/images?after=${next}`}
      />
    </>
  );
}

function BrokenRow({ row, mayFetch }: { row: BrokenPicture; mayFetch: boolean }) {
  const { product, name, address, failure, fetchedAt } = row;
  return (
    <tr>
      <td data-phone="title">
        <span className="flex items-baseline gap-2">
          <Link
            href={`/products/${product.id}`}
            prefetch={false}
            className="row-link min-w-0 truncate"
            title={product.name}
          >
            {product.name}
          </Link>
          <span className="mono shrink-0 text-muted">{product.sku}</span>
        </span>
      </td>
      <td data-phone="right" className="text-muted" title={address}>
        {name}
      </td>
      <td
        data-phone="below"
        className="whitespace-normal! text-red [overflow-wrap:anywhere]"
        title={address || undefined}
      >
        {failure}
      </td>
      <td className="text-muted">{fetchedAt && <Time at={fetchedAt} format="short" />}</td>
      {mayFetch && (
        <td data-phone="below-right">
          {address && <RetryButton productId={product.id} label={`${name} of ${product.name}`} />}
        </td>
      )}
    </tr>
  );
}

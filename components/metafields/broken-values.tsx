import Link from "next/link";
import { Table } from "@/components/ui/table";
import { formatCount, formatPlural } from "@/lib/format";
import type { ValueCheck } from "@/lib/metafields/definitions/check-values";

/** Which values a change would break, before it is made. */
export function BrokenValues({ check: { checked, breaking, first } }: { check: ValueCheck }) {
  return (
    <section
      ref={comeIntoView}
      aria-label="Values that would not fit any more"
      className="scroll-mb-16 rounded-md border border-amber"
    >
      <p className="px-3 py-2" role="status">
        <b className="font-semibold text-amber">
          {formatPlural(breaking, "value")} of {formatCount(checked)} would not fit any more.
        </b>{" "}
        They stay as they are and must fit once somebody edits them.
      </p>
      <div className="scroller max-h-72 border-t">
        <Table aria-label="The first of them">
          <thead>
            <tr>
              <th scope="col" style={{ width: "34%" }}>
                Product
              </th>
              <th scope="col">Value</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {first.map(({ productId, sku, name, value, error }) => (
              <tr key={productId}>
                <td data-phone="title">
                  <Link href={`/products/${productId}`} target="_blank" className="hover:underline">
                    <span className="mono text-muted">{sku}</span> {name}
                  </Link>
                </td>
                <td data-phone="below" title={value}>
                  {value}
                </td>
                <td className="text-muted" title={error}>
                  {error}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

/** It stands between the form and the button that was pressed, which it pushes out of sight: the margin is that button's. */
function comeIntoView(element: HTMLElement | null) {
  element?.scrollIntoView({ block: "nearest" });
}

import Link from "next/link";
import { formatCount, formatPlural } from "@/lib/format";
import type { UndoPlanned } from "./use-undo-preview";

/** What an undo puts back, takes away and leaves, with who stands in its way. */
export function UndoPlan({ preview }: { preview: UndoPlanned }) {
  const { products, categories, partly, left } = preview;
  const hasCategories = categories.restored + categories.removed + categories.skipped > 0;
  const rows = [
    { what: "Put back as they were", products: products.restored, categories: categories.restored },
    { what: "Taken away, the run had made them", products: products.removed, categories: categories.removed },
    { what: "Left as they are, changed since", products: products.skipped, categories: categories.skipped },
  ];
  return (
    <div className="mb-3 grid gap-3">
      <table className="tabular w-full">
        <thead className="text-left text-xs text-muted">
          <tr>
            <th className="py-1 font-normal">What happens</th>
            <th className="py-1 text-right font-normal">Products</th>
            {hasCategories && <th className="py-1 pl-4 text-right font-normal">Categories</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.what} className="border-t">
              <th scope="row" className="py-1.5 text-left font-normal">
                {row.what}
              </th>
              <td className="py-1.5 text-right">{formatCount(row.products)}</td>
              {hasCategories && <td className="py-1.5 pl-4 text-right">{formatCount(row.categories)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {left.length > 0 && (
        <section aria-label="Left as they are">
          <p className="mb-1 text-muted">
            {partly > 0 && `Of ${formatPlural(partly, "product")} some fields stay. `}
            {left.length === 200 ? "The first 200 that stay, in whole or in part:" : "What stays, in whole or in part:"}
          </p>
          <ul className="scroller grid max-h-56 gap-2 rounded border p-2">
            {left.map((one) => (
              <li key={`${one.entity}-${one.label}`}>
                {one.entity === "product" && one.id ? (
                  <Link href={`/products/${one.id}`} className="mono text-accent hover:underline">
                    {one.label}
                  </Link>
                ) : (
                  <span className="mono">{one.label}</span>
                )}{" "}
                {one.name}
                <p className="text-xs text-muted">{one.reason}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

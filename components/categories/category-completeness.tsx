import Link from "next/link";
import { Progress } from "@/components/ui/progress";
import { writeCondition } from "@/lib/catalog/filter/condition-text";
import type { Completeness } from "@/lib/categories/completeness";
import { formatCount, formatPercent } from "@/lib/format";

const MISSING = encodeURIComponent(writeCondition({ field: "required", op: "any", values: ["missing"] }));

/** The share of the category's products that have everything required. What nobody has computed yet is not counted. */
export function CategoryCompleteness({ found, path }: { found: Completeness; path: string }) {
  const { products, known, complete, isSample } = found;
  if (products === 0) return <p className="py-2 text-muted">There is no product in it.</p>;
  if (known === 0) return <p className="py-2 text-muted">Not computed yet: the worker is behind.</p>;
  const share = (100 * complete) / known;
  return (
    <div className="grid gap-1.5 py-2">
      <p className="tabular">
        <b className="text-lg font-semibold">{formatPercent(share)}</b> have everything required:{" "}
        {formatCount(complete)} of {formatCount(known)} products
        {isSample && " looked at, of more"}.
      </p>
      <Progress percent={share} label="Complete products" className="w-full" />
      {known < products && (
        <p className="tabular text-xs text-muted">
          {formatCount(products - known)} more changed since and are being computed.
        </p>
      )}
      {complete < known && (
        <p>
          <Link href={`/catalog/${path}?filter=${MISSING}`} className="text-accent underline">
            Show those that lack something
          </Link>
        </p>
      )}
    </div>
  );
}

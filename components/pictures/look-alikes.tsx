import { Images } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { Picture } from "@/components/ui/picture";
import { Time } from "@/components/ui/time";
import { formatCount, formatPlural } from "@/lib/format";
import type { LookAlike, LookAlikeGroup, listLookAlikes } from "@/lib/images/look-alikes";
import { LookAgainButton } from "./look-again-button";
import { RemoveLookAlike } from "./remove-look-alike";

type Props = { report: Awaited<ReturnType<typeof listLookAlikes>>; mayLook: boolean };

/** Pictures that look alike, side by side: within a product one may go, across products the products may be one. */
export function LookAlikes({ report, mayLook }: Props) {
  if (!report) {
    return (
      <EmptyState icon={Images} title="Nobody looked yet" actions={mayLook && <LookAgainButton isFirst />}>
        Pictures that look alike are found also where size, format or quality differ.
      </EmptyState>
    );
  }
  const { at, pictures, total, groups } = report;
  return (
    <div className="scroller min-h-0 flex-1 bg-panel">
      <div className="flex flex-wrap items-center gap-3 border-b px-4 py-2">
        <p className="tabular min-w-0 flex-1 text-muted">
          {formatPlural(total, "group")} among {formatPlural(pictures, "picture")}, looked for <Time at={at} />
          {total > groups.length && groups.length > 0 && `; the nearest ${formatCount(groups.length)} are shown`}
        </p>
        {mayLook && <LookAgainButton />}
      </div>
      {groups.length === 0 ? (
        <EmptyState icon={Images} title={total > 0 ? "None of them is there any more" : "No two pictures look alike"}>
          Drawings are not compared, and neither is what has not been fetched.
        </EmptyState>
      ) : (
        <ul>
          {groups.map((group) => (
            <Group key={group.pictures[0]?.id} group={group} mayRemove={mayLook} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Group({ group, mayRemove }: { group: LookAlikeGroup; mayRemove: boolean }) {
  const { distance, count, pictures } = group;
  const products = new Set(pictures.map(({ product }) => product.id)).size;
  const where = products === 1 ? "in one product" : `in ${formatPlural(products, "product")}`;
  return (
    <li className="border-b border-line-soft px-4 py-3">
      <h2 className="mb-2 text-xs font-medium text-muted">
        {distance === 0 ? "Look the same" : `Differ in ${formatPlural(distance, "bit")} of 64`}, {where}
        {count > pictures.length && `; ${formatCount(count - pictures.length)} more`}
      </h2>
      <ul className="flex flex-wrap gap-x-5 gap-y-3">
        {pictures.map((picture) => (
          <li key={picture.id} className="w-56 min-w-0 max-sm:w-full">
            <Side picture={picture}>
              {mayRemove && products === 1 && (
                <RemoveLookAlike productId={picture.product.id} imageId={picture.id} name={picture.name} />
              )}
            </Side>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Side({ picture, children }: { picture: LookAlike; children: ReactNode }) {
  const { id, hash, name, width, height, product } = picture;
  return (
    <div className="flex gap-2.5">
      <Picture
        src={`/api/images/${id}?v=${hash ?? ""}&width=400`}
        size={88}
        className="size-22 shrink-0 rounded-md border bg-panel object-contain"
      />
      <div className="min-w-0">
        <Link href={`/products/${product.id}`} prefetch={false} className="line-clamp-2 hover:underline">
          {product.name}
        </Link>
        <p className="mono truncate text-xs text-muted">{product.sku}</p>
        <p className="truncate text-xs text-muted" title={name}>
          {name}
        </p>
        {width && height && (
          <p className="tabular mb-1 text-2xs text-faint">
            {formatCount(width)} × {formatCount(height)} px
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import type { PictureCounts } from "@/lib/db/picture-counts";
import { formatBytes, formatCount } from "@/lib/format";

/** What there is of the catalogue's pictures; figures that name products lead to them. */
export function PictureFacts({ counts }: { counts: PictureCounts }) {
  return (
    <dl className="grid shrink-0 grid-cols-2 gap-x-8 gap-y-2 px-4 pb-3 sm:flex sm:flex-wrap">
      <Fact label="Here" note={counts.bytes > 0 ? formatBytes(counts.bytes) : undefined}>
        {formatCount(counts.here)}
      </Fact>
      <Fact label="Not fetched yet" href="/catalog?filter=image:any:waiting">
        {formatCount(counts.waiting)}
      </Fact>
      <Fact label="Not to be had" href="/catalog?filter=image:any:broken">
        {formatCount(counts.broken)}
      </Fact>
      <Fact label="Products without a picture" href="/catalog?filter=image:any:none">
        {formatCount(counts.productsWithout)}
      </Fact>
    </dl>
  );
}

type FactProps = { label: string; href?: string; note?: string; children: ReactNode };

function Fact({ label, href, note, children }: FactProps) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="tabular text-md font-semibold">
        {href ? (
          <Link href={href} prefetch={false} title="Show these products" className="hover:underline">
            {children}
          </Link>
        ) : (
          children
        )}
        {note && <span className="ml-2 text-xs font-normal text-muted">{note}</span>}
      </dd>
    </div>
  );
}

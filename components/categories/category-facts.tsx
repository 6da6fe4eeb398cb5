import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import type { CategoryDetails } from "@/lib/categories/get-category-details";
import { formatCount } from "@/lib/format";

/** Where a category stands, who knows it, which addresses lead to it. */
export function CategoryFacts({ category }: { category: CategoryDetails }) {
  const { path, own, products, children, sources, redirects, collectionId, updatedAt } = category;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="border-b pb-1.5 text-xs font-semibold text-muted">
        In the tree
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 py-2">
        <Fact label="Address">
          <span className="mono break-all">{path}</span>
        </Fact>
        <Fact label="Products">
          {formatCount(own)} directly, {formatCount(products)} with all below
        </Fact>
        <Fact label="Sub-categories">{formatCount(children)}</Fact>
        <Fact label="Known to">
          {sources.length === 0
            ? "no feed"
            : sources.map((source) => (
                <span key={`${source.id} ${source.key}`} className="block">
                  <Link href={`/feeds/${source.id}`} className="text-accent underline">
                    {source.name}
                  </Link>{" "}
                  as <span className="mono break-all">{source.key}</span>
                </span>
              ))}
        </Fact>
        {redirects.length > 0 && (
          <Fact label="Old addresses">
            {redirects.map((old) => (
              <span key={old} className="mono block break-all">
                {old}
              </span>
            ))}
          </Fact>
        )}
        {collectionId && (
          <Fact label="Shopify">
            <span className="mono">{collectionId}</span>
          </Fact>
        )}
        <Fact label="Changed">
          <Time at={updatedAt} format="short" />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular min-w-0">{children}</dd>
    </>
  );
}

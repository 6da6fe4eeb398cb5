import Link from "next/link";
import { FactRow } from "@/components/ui/fact";
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
        <FactRow label="Address">
          <span className="mono break-all">{path}</span>
        </FactRow>
        <FactRow label="Products">
          {formatCount(own)} directly, {formatCount(products)} with all below
        </FactRow>
        <FactRow label="Sub-categories">{formatCount(children)}</FactRow>
        <FactRow label="Known to">
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
        </FactRow>
        {redirects.length > 0 && (
          <FactRow label="Old addresses">
            {redirects.map((old) => (
              <span key={old} className="mono block break-all">
                {old}
              </span>
            ))}
          </FactRow>
        )}
        {collectionId && (
          <FactRow label="Shopify">
            <span className="mono">{collectionId}</span>
          </FactRow>
        )}
        <FactRow label="Changed">
          <Time at={updatedAt} format="short" />
        </FactRow>
      </dl>
    </section>
  );
}

"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { StatusDot } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ProductView } from "@/lib/catalog/get-product";
import type { HistoryEvent } from "@/lib/catalog/product-history";
import { cn } from "@/lib/class-names";
import type { LooksLike } from "@/lib/duplicates/looks-like";
import { formatPlural } from "@/lib/format";
import { useEditor } from "./editor";
import { eventWords } from "./event-words";
import { Gallery } from "./gallery";
import { Fields } from "./product-sheet";
import { QualityCard } from "./quality-card";

const STOCK = {
  in_stock: ["green", "In stock"],
  out_of_stock: ["idle", "Out of stock"],
  backorder: ["amber", "On backorder"],
  discontinued: ["idle", "Discontinued"],
  unknown: ["idle", "Stock unknown"],
} as const;

/** What the product is doing: status, place, price and stock, pictures. On a phone it comes first. */
export function ProductState() {
  const { product } = useEditor();
  const [tone, words] = STOCK[product.stockStatus];
  return (
    <aside aria-label="Status and price" className={cn(RAIL, PAPER, "pt-1.5 pb-5")}>
      <div>
        <Fields fields={["status", "categoryId"]} isNarrow />
      </div>
      <RailSection title="Quality">
        <QualityCard />
      </RailSection>
      <RailSection title="Price and stock" note={<StatusDot tone={tone}>{words}</StatusDot>}>
        <Fields fields={["priceCents", "compareAtPriceCents", "costPriceCents", "inventoryQuantity"]} isNarrow />
      </RailSection>
      <RailSection title="Pictures" note={product.images.length > 1 ? product.images.length : null}>
        <Gallery />
      </RailSection>
    </aside>
  );
}

/** Who feeds the product and what happened to it last. */
export function ProductBackground({ timeline, looksLike = [] }: { timeline: HistoryEvent[]; looksLike?: LooksLike[] }) {
  const { product } = useEditor();
  return (
    <aside aria-label="Sources and timeline" className={cn(RAIL, "pb-10 max-lg:border-t max-lg:pt-4 print:hidden")}>
      {looksLike.length > 0 && (
        <RailSection title="Looks like">
          <Likes found={looksLike} />
        </RailSection>
      )}
      <RailSection title="Sources">
        <Sources feeds={product.feeds} />
      </RailSection>
      <RailSection title="Timeline">
        <Timeline events={timeline} createdAt={product.createdAt} />
      </RailSection>
    </aside>
  );
}

const RAIL = "flex min-w-0 flex-col gap-5 px-4 lg:col-start-2 lg:border-l";

/** On paper the pictures stand beside the rest. */
const PAPER =
  "print:grid print:grid-cols-[minmax(0,1fr)_58mm] print:gap-x-6 print:gap-y-2 print:[&>:last-child]:col-start-2 print:[&>:last-child]:row-span-3 print:[&>:last-child]:row-start-1";

function RailSection({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1.5 flex items-center justify-between text-xs font-semibold text-muted">
        {title}
        {note != null && <span className="font-normal">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

function Sources({ feeds }: { feeds: ProductView["feeds"] }) {
  if (feeds.length === 0) return <p className="text-muted">No feed knows this product: it was made by hand.</p>;
  return (
    <ul className="grid gap-2">
      {feeds.map((feed) => (
        <li key={feed.id} className="min-w-0">
          <div className="flex items-baseline justify-between gap-2">
            <span className="font-medium">{feed.name}</span>
            <span className="mono truncate text-muted" title="The feed's own key">
              {feed.externalKey}
            </span>
          </div>
          {feed.missingSince ? (
            <StatusDot tone="amber" className="whitespace-normal">
              <span>
                Missing since{" "}
                <Link href={`/syncs/${feed.missingSince.run}`} className="hover:underline">
                  run {feed.missingSince.run}
                </Link>
                , {formatPlural(feed.missingRuns, "run")} in a row
              </span>
            </StatusDot>
          ) : (
            <span className="text-2xs text-faint">
              last changed <Time at={feed.updatedAt} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Products that this one may be the same as; the report decides. */
function Likes({ found }: { found: LooksLike[] }) {
  return (
    <>
      <ul className="grid gap-2">
        {found.map(({ product, words }) => (
          <li key={product.id} className="min-w-0">
            <Link href={`/products/${product.id}`} prefetch={false} className="line-clamp-2 hover:underline">
              {product.name}
            </Link>
            <p className="text-2xs text-faint">
              <span className="mono">{product.sku}</span> · {words.join(", ")}
            </p>
          </li>
        ))}
      </ul>
      <Link href="/reports/duplicates" className="mt-2 inline-block text-accent hover:underline">
        All duplicates
      </Link>
    </>
  );
}

function Timeline({ events, createdAt }: { events: HistoryEvent[]; createdAt: Date }) {
  const { product } = useEditor();
  return (
    <>
      <ol className="grid gap-2">
        {events.map((event) => (
          <li key={event.id} className="border-l-2 pl-3">
            <p className="line-clamp-2 [overflow-wrap:anywhere]">
              <b className="inline-block font-medium first-letter:uppercase">{event.who}</b> {eventWords(event)}
            </p>
            <p className="text-2xs text-faint">
              <Time at={event.at} />
              {event.run !== null && (
                <>
                  {" · "}
                  <Link href={`/syncs/${event.run}`} className="hover:underline">
                    run {event.run}
                  </Link>
                </>
              )}
            </p>
          </li>
        ))}
        {events.length === 0 && (
          <li className="border-l-2 pl-3 text-muted">
            Created <Time at={createdAt} />
          </li>
        )}
      </ol>
      {events.length > 0 && (
        <Link href={`/products/${product.id}?tab=history`} className="mt-2 inline-block text-accent hover:underline">
          Whole history
        </Link>
      )}
    </>
  );
}

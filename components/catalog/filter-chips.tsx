import { X } from "lucide-react";
import Link from "next/link";
import { conditionWords, type FilterNames } from "@/lib/catalog/filter/condition-words";
import { isFiltered, type ProductSearch, productListHref, toPrice, withoutFilters } from "@/lib/catalog/product-search";
import { ConditionChips } from "./condition-chips";

const STOCK_WORDS = { in: "in stock", out: "out of stock", unknown: "unknown" } as const;

type Chip = { label: string; value: string; without: Partial<ProductSearch> };

/** What narrows the list, each taken away by a click. */
export function FilterChips({ base, search, names }: { base: string; search: ProductSearch; names: FilterNames }) {
  const chips = chipsOf(search);
  const { groups } = search.conditions;
  if (chips.length === 0 && groups.length === 0) return null;
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-1.5">
      {chips.map((chip) => (
        <li key={chip.label}>
          <Link
            href={productListHref(base, search, chip.without)}
            prefetch={false}
            scroll={false}
            className="inline-flex h-6 max-w-72 items-center gap-1.5 rounded-md border border-accent-line bg-accent-soft px-2 text-xs"
            aria-label={`Remove filter ${chip.label} ${chip.value}`}
          >
            <span className="text-muted">{chip.label}</span>
            <span className="truncate">{chip.value}</span>
            <X aria-hidden className="size-3 shrink-0" />
          </Link>
        </li>
      ))}
      {groups.map((group, at) => (
        <ConditionChips
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the address
          key={at}
          at={at}
          group={group}
          base={base}
          search={search}
          names={names}
          words={group.conditions.map((condition) => conditionWords(condition, names))}
        />
      ))}
      {isFiltered(search) && chips.length + groups.length > 1 && (
        <li>
          <Link
            href={productListHref(base, {
              ...withoutFilters(search),
              q: search.q,
              literal: search.literal,
              sort: search.sort,
            })}
            prefetch={false}
            scroll={false}
            className="px-1 text-xs text-muted hover:text-text hover:underline"
          >
            Clear all
          </Link>
        </li>
      )}
    </ul>
  );
}

function chipsOf(search: ProductSearch): Chip[] {
  const { brand, status, stock, image, own, since } = search;
  const chips: (Chip | false | undefined)[] = [
    brand.length > 0 && { label: "Brand", value: brand.join(", "), without: { brand: [] } },
    status.length > 0 && { label: "Status", value: status.join(", "), without: { status: [] } },
    priceChip(search),
    stock && { label: "Stock", value: STOCK_WORDS[stock], without: { stock: undefined } },
    image !== undefined && { label: "Image", value: image ? "yes" : "none", without: { image: undefined } },
    since !== undefined && { label: "Updated since", value: since, without: { since: undefined } },
    own && { label: "Sub-categories", value: "left out", without: { own: false } },
  ];
  return chips.filter((chip) => chip !== false && chip !== undefined);
}

function priceChip({ priceFrom, priceTo }: ProductSearch): Chip | undefined {
  const [from, to] = [toPrice(priceFrom), toPrice(priceTo)];
  const value = from && to ? `${from} to ${to}` : from ? `from ${from}` : to ? `up to ${to}` : undefined;
  return value === undefined
    ? undefined
    : { label: "Price", value, without: { priceFrom: undefined, priceTo: undefined } };
}

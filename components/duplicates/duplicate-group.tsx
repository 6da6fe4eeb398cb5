import Link from "next/link";
import { Picture } from "@/components/ui/picture";
import { Badge, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { DuplicateGroupRow, DuplicateProduct } from "@/lib/duplicates/duplicate-groups";
import { formatCount, formatMoney, formatPlural, NOTHING } from "@/lib/format";
import { fieldLabel } from "@/lib/sync/field-words";
import { GroupButtons } from "./group-buttons";

type Props = { group: DuplicateGroupRow; currency: string; mayMerge: boolean };

/** Products that look like one, side by side, with what speaks for it. */
export function DuplicateGroup({ group, currency, mayMerge }: Props) {
  const { products, evidence, answered } = group;
  const titles = products.map(({ name }) => name);
  return (
    <section aria-label={titles[0]} className="border-b px-4 py-4">
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <ul className="flex min-w-0 flex-wrap gap-1.5">
          {evidence.map(({ kind, words, productIds }) => (
            <li key={`${kind} ${words} ${productIds.join()}`}>
              <Badge tone={TONES[kind] ?? "idle"}>
                {words}
                {productIds.length < products.length && ` (${productIds.length} of them)`}
              </Badge>
            </li>
          ))}
        </ul>
        {answered && (
          <span className="text-muted">
            {group.state === "merged" ? "merged" : "said to be different"} by {answered.by}{" "}
            <Time at={answered.at} format="short" />
            {answered.run !== null && (
              <>
                {" · "}
                <Link href={`/syncs/${answered.run}`} className="hover:underline">
                  run {answered.run}
                </Link>
              </>
            )}
          </span>
        )}
        {mayMerge && group.state !== "merged" && (
          <div className="ml-auto flex gap-2">
            <GroupButtons
              id={group.id}
              state={group.state}
              suggestedId={group.suggestedId}
              products={products.map(({ id, sku, name }) => ({ id, sku, name }))}
            />
          </div>
        )}
      </header>
      <div className="scroller">
        <table className="w-full border-collapse">
          <caption className="sr-only">What they hold, side by side</caption>
          <thead>
            <tr>
              <td className="w-28 max-sm:w-20" />
              {products.map((product) => (
                <ProductHead key={product.id} product={product} isSuggested={product.id === group.suggestedId} />
              ))}
            </tr>
          </thead>
          <tbody>
            {FACTS.map(({ label, of }) => (
              <FactRow key={label} label={label} values={products.map((product) => of(product, currency))} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Codes are the surest; what speaks against it is to be seen first. */
const TONES: Partial<Record<DuplicateGroupRow["evidence"][number]["kind"], Tone>> = {
  gtin: "green",
  code: "green",
  differ: "amber",
};

function ProductHead({ product, isSuggested }: { product: DuplicateProduct; isSuggested: boolean }) {
  const [picture] = product.images;
  const src = picture?.storagePath
    ? `/api/images/${picture.id}?v=${picture.fileHash ?? ""}&width=96`
    : "/placeholder.svg";
  return (
    <th scope="col" className="min-w-44 px-2 pb-2 text-left align-top font-normal">
      <span className="flex gap-2">
        <Picture src={src} size={44} className="size-11 shrink-0 rounded-sm border object-contain" />
        <span className="min-w-0">
          <Link href={`/products/${product.id}`} className="line-clamp-2 font-medium hover:underline">
            {product.name}
          </Link>
          <span className="mono block text-muted">{product.sku}</span>
          {isSuggested && <Badge tone="blue">most complete</Badge>}{" "}
          {product.status !== "active" && (
            <Badge tone={product.status === "archived" ? "idle" : "amber"}>{product.status}</Badge>
          )}
        </span>
      </span>
    </th>
  );
}

type Fact = { text: string | null };

const FACTS: { label: string; of: (product: DuplicateProduct, currency: string) => Fact }[] = [
  { label: "Brand", of: ({ brand }) => ({ text: brand }) },
  { label: "Category", of: ({ category }) => ({ text: category?.name ?? null }) },
  {
    label: "Price",
    of: ({ priceCents }, currency) => ({ text: priceCents === null ? null : formatMoney(priceCents, currency) }),
  },
  {
    label: "In stock",
    of: ({ inventoryQuantity }) => ({ text: inventoryQuantity === null ? null : formatCount(inventoryQuantity) }),
  },
  {
    label: "Codes",
    of: ({ codes }) => ({
      text:
        codes.map(({ type, code }) => `${fieldLabel(`code:${type}`).replace(/ code$/, "")} ${code}`).join(", ") || null,
    }),
  },
  {
    label: "Feeds",
    of: ({ sourceItems, _count }) => {
      const named = sourceItems.map(({ source, externalKey }) => `${source.name} ${externalKey}`);
      const more = _count.sourceItems - named.length;
      return { text: [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", ") || null };
    },
  },
  {
    label: "Details",
    of: ({ quality, _count }) => ({
      text: [
        quality ? `grade ${quality.grade}` : null,
        formatPlural(_count.metafields, "metafield"),
        formatPlural(_count.images, "picture"),
      ]
        .filter(Boolean)
        .join(" · "),
    }),
  },
  {
    label: "Since",
    of: ({ createdAt }) => ({
      text: createdAt.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
    }),
  },
];

/** What differs stands out; what all agree on is quiet. */
function FactRow({ label, values }: { label: string; values: Fact[] }) {
  const isSame = new Set(values.map(({ text }) => text)).size === 1;
  return (
    <tr className="border-t border-line-soft align-top">
      <th scope="row" className="py-1 pr-2 text-left font-normal text-muted">
        {label}
      </th>
      {values.map(({ text }, at) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column alone
          key={at}
          className={`tabular px-2 py-1 [overflow-wrap:anywhere] ${isSame ? "text-muted" : ""}`}
        >
          {text ?? <span className="text-faint">{NOTHING}</span>}
        </td>
      ))}
    </tr>
  );
}

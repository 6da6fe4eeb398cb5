import type { ReactNode } from "react";
import { IconPicture } from "@/components/icons/icon-picture";
import type { CategoryPreview } from "@/lib/categories/preview-category";
import { formatCount, formatPlural } from "@/lib/format";

/** What an operation would touch, before anybody says yes to it. */
export function CategoryTouches({ preview, isMerge }: { preview: CategoryPreview; isMerge: boolean }) {
  const { products, moved, below, icons, collections, redirects, address, sources, twins } = preview;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 rounded-md bg-sunk px-3 py-2 text-xs">
      {address && (
        <Line label="Address">
          <span className="mono break-all text-muted line-through">{address.from}</span>{" "}
          <span className="mono break-all">{address.to}</span>
        </Line>
      )}
      {isMerge ? (
        <Line label="Products that move">{formatCount(moved)}</Line>
      ) : (
        <Line label="Products">{formatPlural(products, "product")} in it and below it</Line>
      )}
      <Line label="Sub-categories">
        {formatCount(below)}
        {twins.length > 0 && (
          <>
            {" "}
            · {formatPlural(twins.length, "one", "ones")} of the same name merged: {named(twins)}
          </>
        )}
      </Line>
      {icons > 0 && (
        <Line label="Icons">
          <Icons preview={preview} isMerge={isMerge} />
        </Line>
      )}
      {collections > 0 && <Line label="Shopify">{formatPlural(collections, "collection")}</Line>}
      {redirects > 0 && (
        <Line label="Old addresses">{formatPlural(redirects, "address", "addresses")} will lead on</Line>
      )}
      <Line label="Known to">
        {sources.length === 0
          ? "no feed"
          : sources.map(({ name, keys }) => `${name} (${formatPlural(keys, "key")})`).join(", ")}
      </Line>
    </dl>
  );
}

function Icons({ preview: { icons, shownIcons, iconAfter }, isMerge }: { preview: CategoryPreview; isMerge: boolean }) {
  return (
    <>
      {formatPlural(icons, "icon")}
      {isMerge && ` ${icons === 1 ? "goes" : "go"} along`}
      {isMerge && iconAfter === "other" && "; the other’s own goes on standing for it"}
      {isMerge && iconAfter === "own" && "; this one’s stands for the other then, which has none"}
      {shownIcons.length > 0 && (
        <span className="mt-1 flex flex-wrap gap-1">
          {shownIcons.map(({ id, category }) => (
            <span key={id} title={category}>
              <IconPicture icon={{ id, fileMissing: false }} size={24} alt={`Icon of ${category}`} />
            </span>
          ))}
        </span>
      )}
    </>
  );
}

const NAMED = 5;

function named(names: string[]) {
  const shown = names.slice(0, NAMED).map((name) => `“${name}”`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${formatCount(more)} more` : shown.join(", ");
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular min-w-0">{children}</dd>
    </>
  );
}

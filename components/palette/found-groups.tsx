import { ArrowLeftRight, CornerDownLeft, FolderTree, Package, Search, Tag } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { ShownReading } from "@/lib/catalog/list-query";
import type { Finding } from "@/lib/search/find-anything";
import { PaletteGroup, PaletteItem } from "./palette-item";

type Props = {
  finding: Finding;
  typed: string;
  /** Goes there and remembers what was searched for: what was typed, or another word. */
  found: (href: string, search?: string) => void;
  go: (href: string) => void;
};

/** What the catalogue has of what was typed: products, words, brands, categories. */
export function FoundGroups({ finding, typed, found, go }: Props) {
  return (
    <>
      {finding.products.length > 0 && (
        <PaletteGroup heading="Products">
          {finding.products.map(({ id, sku, name }) => (
            <PaletteItem
              key={id}
              value={`product ${id}`}
              icon={<Package aria-hidden />}
              onSelect={() => found(`/products/${id}`)}
            >
              <span className="truncate">{name}</span>
              <span className="mono ml-auto text-muted">{sku}</span>
            </PaletteItem>
          ))}
          <PaletteItem
            value="all products"
            icon={<CornerDownLeft aria-hidden />}
            onSelect={() => found(`/catalog?q=${encodeURIComponent(typed)}`)}
          >
            Show all that match “{typed}”
          </PaletteItem>
        </PaletteGroup>
      )}
      {finding.words.length > 0 && (
        <PaletteGroup heading="Search for">
          {finding.words.slice(0, 4).map((word) => (
            <PaletteItem
              key={word}
              value={`word ${word}`}
              icon={<Search aria-hidden />}
              onSelect={() => found(`/catalog?q=${encodeURIComponent(word)}`, word)}
            >
              {word}
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
      {finding.brands.length > 0 && (
        <PaletteGroup heading="Brands">
          {finding.brands.map((brand) => (
            <PaletteItem
              key={brand}
              value={`brand ${brand}`}
              icon={<Tag aria-hidden />}
              onSelect={() => found(`/catalog?brand=${encodeURIComponent(brand)}`)}
            >
              {brand}
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
      {finding.categories.length > 0 && (
        <PaletteGroup heading="Categories">
          {finding.categories.map(({ id, name, path, above }) => (
            <PaletteItem
              key={id}
              value={`category ${id}`}
              icon={<FolderTree aria-hidden />}
              onSelect={() => go(`/catalog/${path}`)}
            >
              <span className="shrink-0">{name}</span>
              <span className="truncate text-xs text-muted">{above.join(" › ")}</span>
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
    </>
  );
}

/** Runs by their number or source. */
export function FoundRuns({ runs, go }: { runs: Finding["runs"]; go: (href: string) => void }) {
  if (runs.length === 0) return null;
  return (
    <PaletteGroup heading="Runs">
      {runs.map(({ number, source, at }) => (
        <PaletteItem
          key={number}
          value={`run ${number}`}
          icon={<ArrowLeftRight aria-hidden />}
          onSelect={() => go(`/syncs/${number}`)}
        >
          {source} · run {number}
          <span className="ml-auto text-xs text-muted">
            <Time at={at} />
          </span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

/** Where the products below are not found by what was typed, but by something near it. */
export function ReadingNote({ reading, typed }: { reading: ShownReading; typed: string }) {
  const { kind, shown, didYouMean } = reading;
  const sentence =
    kind === "corrected"
      ? `Nothing is found by “${typed}”: results for “${shown}”.`
      : kind === "someWords"
        ? `No product has all the words of “${shown}”: these have some.`
        : didYouMean && `Did you mean “${didYouMean}”?`;
  return sentence ? (
    <p role="status" className="px-4 pt-2 text-xs text-muted">
      {sentence}
    </p>
  ) : null;
}

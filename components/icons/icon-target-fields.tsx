import { CategoryTarget } from "@/components/catalog/category-target";
import { formatPlural } from "@/lib/format";
import type { IconTarget } from "@/lib/icons/icon-request";

export type Which = "missing" | "subtree" | "one" | "given";
export type Place = { id: string; name: string };

type Props = {
  which: Which;
  place: Place | null;
  /** What the board named, in words; null without it. */
  given: string | null;
  /** How many categories lack an icon, in all. */
  gaps: number;
  onWhich: (which: Which) => void;
  onPlace: (place: Place) => void;
};

/** For which categories icons are made. */
export function IconTargetFields({ which, place, given, gaps, onWhich, onPlace }: Props) {
  const missing =
    gaps === 0
      ? "Those without an icon: none is left to ask for"
      : `The ${formatPlural(gaps, "category", "categories")} without an icon`;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 w-full border-b pb-1.5 text-xs font-semibold text-muted">For which categories</legend>
      {given !== null && <Choice which="given" value={which} onPick={onWhich} label={given} />}
      <Choice which="missing" value={which} onPick={onWhich} label={missing} />
      <Choice
        which="subtree"
        value={which}
        onPick={onWhich}
        label="A category and all below it, whether they have one or not"
      />
      <Choice which="one" value={which} onPick={onWhich} label="One category" />
      {(which === "subtree" || which === "one") && (
        <div className="mt-1 max-w-md">
          {place && (
            <p className="mb-1.5">
              Chosen: <strong className="font-medium">{place.name}</strong>
            </p>
          )}
          <CategoryTarget
            label={place ? "Another category" : "Category"}
            value={place && { ...place, path: "" }}
            exceptId=""
            hasTop={false}
            onPick={(picked) => picked && picked !== "top" && onPlace({ id: picked.id, name: picked.name })}
          />
        </div>
      )}
    </fieldset>
  );
}

type ChoiceProps = { which: Which; value: Which; onPick: (which: Which) => void; label: string };

function Choice({ which, value, onPick, label }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2">
      <input type="radio" name="which" checked={value === which} onChange={() => onPick(which)} />
      {label}
    </label>
  );
}

/** What is asked for; null while no category is chosen. */
export function targetOf(which: Which, place: Place | null, givenIds: string[]): IconTarget | null {
  if (which === "missing") return { kind: "missing", under: null };
  if (which === "given") return { kind: "categories", ids: givenIds };
  if (!place) return null;
  return which === "subtree" ? { kind: "subtree", id: place.id } : { kind: "categories", ids: [place.id] };
}

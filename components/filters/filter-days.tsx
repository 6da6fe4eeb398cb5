import { FilterSelect } from "./filter-select";

type Props = {
  /** Undefined is no filter. */
  value: number | undefined;
  /** How many days back, the shortest first. */
  choices: readonly number[];
  /** What no filter is called. */
  anyLabel?: string;
};

/** How far back a list goes. */
export function FilterDays({ value, choices, anyLabel = "Any time" }: Props) {
  return (
    <FilterSelect
      name="days"
      label="When"
      value={value === undefined ? "" : String(value)}
      anyLabel={anyLabel}
      options={choices.map((days) => ({ value: String(days), label: wordsOf(days) }))}
    />
  );
}

function wordsOf(days: number) {
  if (days === 1) return "Last day";
  return days === 365 ? "Last year" : `Last ${days} days`;
}

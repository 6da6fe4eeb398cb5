import { Select } from "@/components/ui/input";
import { cn } from "@/lib/class-names";

type Props = {
  name: string;
  label: string;
  /** "" is no filter. */
  value: string;
  /** What no filter is called: "Any status". */
  anyLabel: string;
  options: readonly { value: string; label: string }[];
};

/** One filter of a list; it stands out while it narrows. */
export function FilterSelect({ name, label, value, anyLabel, options }: Props) {
  return (
    <Select
      // A new address brings a new default, which the browser would otherwise ignore.
      key={value}
      name={name}
      aria-label={label}
      defaultValue={value}
      className={cn(
        "w-auto max-sm:min-w-[calc(50%-4px)] max-sm:flex-1",
        value && "border-accent-line bg-accent-soft read-only:bg-accent-soft",
      )}
    >
      <option value="">{anyLabel}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

import { Select } from "@/components/ui/input";

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
      className={value ? "w-auto border-accent-line bg-accent-soft read-only:bg-accent-soft" : "w-auto"}
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

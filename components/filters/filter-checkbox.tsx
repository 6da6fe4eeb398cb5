import { useId } from "react";
import { Checkbox } from "@/components/ui/input";

type Props = { name: string; label: string; isOn: boolean };

/** A yes-or-nothing filter: `1` in the address. */
export function FilterCheckbox({ name, label, isOn }: Props) {
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 px-1 text-xs">
      <Checkbox key={String(isOn)} id={id} name={name} value="1" defaultChecked={isOn} />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}

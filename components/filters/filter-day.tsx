import { useId } from "react";
import { Input } from "@/components/ui/input";

type Props = { name: string; label: string /** `2026-11-07` */; value: string | undefined };

/** One end of a span of days. */
export function FilterDay({ name, label, value }: Props) {
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 text-xs text-muted">
      <label htmlFor={id}>{label}</label>
      <Input key={value} id={id} type="date" name={name} defaultValue={value} className="w-32" />
    </span>
  );
}

import { useId } from "react";
import { cn } from "@/lib/class-names";
import { Checkbox } from "./input";

type Props = {
  label: string;
  help: string | undefined;
  error?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

/** A checkbox with its label beside it and what it means below. */
export function SwitchField({ label, help, error, isOn, onChange }: Props) {
  const id = useId();
  const note = error ?? help;
  return (
    <span className="flex gap-2">
      <Checkbox
        id={id}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        className="mt-0.5"
      />
      <span>
        <label htmlFor={id}>{label}</label>
        {note && (
          <span
            id={`${id}-note`}
            role={error ? "alert" : undefined}
            className={cn("block text-xs", error ? "text-red" : "text-muted")}
          >
            {note}
          </span>
        )}
      </span>
    </span>
  );
}

"use client";

import { X } from "lucide-react";
import type { Choice } from "@/lib/jobs/choices";
import type { ChoiceKind } from "@/lib/jobs/parameter";
import { ChoicePicker } from "./choice-picker";

type Props = {
  control: { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
  kind: ChoiceKind;
  title: string;
  chosen: Choice[];
  onChange: (chosen: Choice[]) => void;
};

/** Several of what there is, each to be taken out again. */
export function ChoicesPicker({ control, kind, title, chosen, onChange }: Props) {
  function add(choice: Choice | null) {
    if (choice && !chosen.some(({ value }) => value === choice.value)) onChange([...chosen, choice]);
  }
  return (
    <div className="grid gap-1">
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {chosen.map((choice) => (
            <li key={choice.value} className="flex items-center gap-1 rounded-md border bg-panel pl-2">
              {choice.label}
              <button
                type="button"
                aria-label={`Take out ${choice.label}`}
                onClick={() => onChange(chosen.filter(({ value }) => value !== choice.value))}
                className="p-1 text-muted hover:text-text"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ChoicePicker control={control} kind={kind} title={title} chosen={null} isOptional={false} onChoose={add} />
    </div>
  );
}

"use client";

import type { KeyboardEvent } from "react";
import { listCategoryChoicesAction } from "@/app/(dashboard)/products/[id]/actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useChoices } from "@/components/ui/use-choices";
import type { CommandedCategory } from "./category-command";

type Target = CommandedCategory | "top" | null;
type Props = { label: string; value: Target; exceptId: string; hasTop: boolean; onPick: (target: Target) => void };

/** The category that another is moved under or merged into, found by a part of its name; arrows walk, Enter picks. */
export function CategoryTarget({ label, value, exceptId, hasTop, onPick }: Props) {
  const { text, setText, asked, answer } = useChoices(listCategoryChoicesAction);

  const choices = (answer?.choices ?? []).filter(({ id }) => id !== exceptId);
  const isTopShown = hasTop && "top level".includes(asked.trim().toLowerCase());
  return (
    <fieldset className="grid gap-1">
      <Field label={label} error={answer?.failure ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            placeholder="Find a category"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={toFirstChoice}
          />
        )}
      </Field>
      <ul className="scroller h-40 rounded-md border p-1">
        {isTopShown && (
          <Choice id="top" isPicked={value === "top"} onPick={() => onPick("top")}>
            Top level
          </Choice>
        )}
        {choices.map(({ id, name, above }) => (
          <Choice
            key={id}
            id={id}
            isPicked={value !== null && value !== "top" && value.id === id}
            onPick={() => onPick({ id, name, path: "" })}
          >
            {name}
            {above.length > 0 && <span className="block truncate text-2xs text-muted">{above.join(" › ")}</span>}
          </Choice>
        ))}
        {answer && !answer.failure && choices.length === 0 && !isTopShown && (
          <li className="px-2 py-1 text-muted">No other category is called “{asked}”.</li>
        )}
      </ul>
    </fieldset>
  );
}

function toFirstChoice(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  // Walked by arrows, a radio is chosen with the focus.
  const first = event.currentTarget.closest("fieldset")?.querySelector<HTMLInputElement>("input[type=radio]");
  first?.click();
  first?.focus();
}

type ChoiceProps = { id: string; isPicked: boolean; onPick: () => void; children: React.ReactNode };

function Choice({ id, isPicked, onPick, children }: ChoiceProps) {
  return (
    <li>
      <label className="block cursor-default rounded-sm px-2 py-1 hover:bg-hover has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
        <input
          type="radio"
          name="category-target"
          value={id}
          checked={isPicked}
          onChange={onPick}
          className="sr-only"
        />
        {children}
      </label>
    </li>
  );
}

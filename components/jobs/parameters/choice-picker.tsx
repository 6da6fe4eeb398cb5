"use client";

import { ChevronsUpDown, X } from "lucide-react";
import { useCallback, useState } from "react";
import { findChoicesAction } from "@/app/(dashboard)/jobs/new/actions";
import { Button, buttonClass } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useChoices } from "@/components/ui/use-choices";
import type { Choice } from "@/lib/jobs/choices";
import type { ChoiceKind } from "@/lib/jobs/parameter";

type Props = {
  /** What ties it to its label and its error. */
  control: { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
  kind: ChoiceKind;
  title: string;
  chosen: Choice | null;
  /** Whether nothing is an answer. */
  isOptional: boolean;
  onChoose: (choice: Choice | null) => void;
};

/** One of what there is, found by a part of its name. */
export function ChoicePicker({ control, kind, title, chosen, isOptional, onChoose }: Props) {
  const [isOpen, setOpen] = useState(false);
  function pick(choice: Choice) {
    onChoose(choice);
    setOpen(false);
  }
  return (
    <span className="flex min-w-0 gap-1">
      <Popover open={isOpen} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <button
            {...control}
            type="button"
            aria-description={chosen?.label}
            className={buttonClass(undefined, "min-w-0 flex-1 justify-between font-normal aria-invalid:border-red")}
          >
            <span className="min-w-0 truncate">
              {chosen ? chosen.label : <span className="text-muted">{isOptional ? "Not chosen" : "Choose"}</span>}
              {chosen?.detail && <span className="ml-2 text-xs text-muted">{chosen.detail}</span>}
            </span>
            <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
          </button>
        </PopoverTrigger>
        <PopoverContent aria-label={`Choose: ${title}`} className="w-96 max-w-[calc(100vw-1rem)] p-2">
          <Finder kind={kind} title={title} onPick={pick} />
        </PopoverContent>
      </Popover>
      {chosen && isOptional && (
        <Button size="icon" variant="ghost" aria-label={`Leave ${title} open`} onClick={() => onChoose(null)}>
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}

/** What is offered may still be of the letters before: Enter takes only what was asked for. */
function isAbout({ label, detail }: Choice, text: string) {
  const told = `${label} ${detail}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
}

function Finder({ kind, title, onPick }: { kind: ChoiceKind; title: string; onPick: (choice: Choice) => void }) {
  const ask = useCallback(({ q }: { q: string }) => findChoicesAction({ kind, q }), [kind]);
  const { text, setText, asked, answer } = useChoices(ask);
  return (
    <>
      <Input
        type="search"
        aria-label={`Find: ${title}`}
        placeholder="Find by name or number"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const [first] = answer?.choices ?? [];
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (first && isAbout(first, text)) onPick(first);
        }}
      />
      <ul className="scroller mt-1 max-h-72">
        {answer?.choices.map((choice) => (
          <li key={choice.value}>
            <button
              type="button"
              onClick={() => onPick(choice)}
              className="block w-full rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover"
            >
              {choice.label}
              {choice.detail && <span className="block truncate text-2xs text-muted">{choice.detail}</span>}
            </button>
          </li>
        ))}
        {!answer && <li className="px-2 py-1 text-muted">Looking…</li>}
        {answer?.failure && <li className="px-2 py-1 text-red">{answer.failure}</li>}
        {answer && !answer.failure && answer.choices.length === 0 && (
          <li className="px-2 py-1 text-muted">{asked ? `Nothing is called “${asked}”.` : "There is none."}</li>
        )}
      </ul>
    </>
  );
}

"use client";

import { useState } from "react";
import { listCategoryChoicesAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useChoices } from "@/components/ui/use-choices";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";

type Pick = { onPick: (choice: CategoryChoice | null) => void };

/** Finds a category by a part of its name; null is Uncategorised. */
export function CategoryPopover({ onPick, trigger, defaultOpen }: IntentProps & Pick) {
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  function pick(choice: CategoryChoice | null) {
    onPick(choice);
    setOpen(false);
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent aria-label="Choose a category" className="w-80 p-2">
        <CategorySearch onPick={pick} />
      </PopoverContent>
    </Popover>
  );
}

function CategorySearch({ onPick }: Pick) {
  const { text, setText, asked, answer } = useChoices(listCategoryChoicesAction);

  return (
    <>
      <Input
        aria-label="Find a category"
        placeholder="Find a category"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-1 grid max-h-72">
        {answer?.choices.map((choice) => (
          <li key={choice.id}>
            <button
              type="button"
              onClick={() => onPick(choice)}
              className="block w-full rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover"
            >
              {choice.name}
              {choice.above.length > 0 && <span className="block text-2xs text-muted">{choice.above.join(" › ")}</span>}
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() => onPick(null)}
            className="block w-full rounded-sm px-2 py-1 text-left text-muted hover:bg-hover focus-visible:bg-hover"
          >
            Uncategorised
          </button>
        </li>
      </ul>
      {answer?.failure && <p className="px-2 py-1 text-xs text-red">{answer.failure}</p>}
      {answer?.choices.length === 0 && !answer.failure && (
        <p className="px-2 py-1 text-xs text-muted">No category is called “{asked}”.</p>
      )}
    </>
  );
}

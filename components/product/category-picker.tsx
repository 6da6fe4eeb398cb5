"use client";

import { useDeferredValue, useEffect, useState } from "react";
import { listCategoryChoicesAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";
import { useEditor } from "./editor";

type Props = {
  id: string;
  /** The category's id; empty is Uncategorised. */
  value: string;
  className: string;
  onPick: (id: string) => void;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
  "data-unsaved"?: string;
};

/** A category, found by typing a part of its name. */
export function CategoryPicker({ value, onPick, ...button }: Props) {
  const { product } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const [picked, setPicked] = useState<CategoryChoice | null>(null);
  const known = product.category?.id === value ? product.category.name : picked?.id === value ? picked.name : value;
  function pick(choice: CategoryChoice | null) {
    setPicked(choice);
    onPick(choice?.id ?? "");
    setOpen(false);
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger {...button} type="button" data-choice className={`${button.className} text-left`}>
        {value === "" ? <span className="text-amber">Uncategorised</span> : known}
      </PopoverTrigger>
      <PopoverContent aria-label="Choose a category" className="w-80 p-2">
        <CategorySearch onPick={pick} />
      </PopoverContent>
    </Popover>
  );
}

function CategorySearch({ onPick }: { onPick: (choice: CategoryChoice | null) => void }) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text);
  const [answer, setAnswer] = useState<{ choices: CategoryChoice[]; failure: string | null } | null>(null);

  useEffect(
    function askServer() {
      let isCurrent = true;
      const unreachable = { choices: [], failure: "The server can't be reached. Type again to try once more." };
      listCategoryChoicesAction({ q: asked }).then(
        (result) =>
          isCurrent &&
          setAnswer(
            result.ok ? { choices: result.data, failure: null } : { choices: [], failure: result.error.message },
          ),
        () => isCurrent && setAnswer(unreachable),
      );
      return () => {
        isCurrent = false;
      };
    },
    [asked],
  );

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

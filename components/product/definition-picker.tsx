"use client";

import { Plus } from "lucide-react";
import { listDefinitionsAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import { useChoices } from "@/components/ui/use-choices";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { codecOf } from "@/lib/metafields/types";
import { useEditor } from "./editor";
import { metafieldKey } from "./lines";

type Props = { onPick: (choice: DefinitionChoice | "new", words: string) => void };

/** The definitions this product has no value for, found by typing. */
export function DefinitionPicker({ onPick }: Props) {
  const { lines } = useEditor();
  const { text, setText, answer } = useChoices(listDefinitionsAction);

  const choices = answer?.choices.filter((choice) => !lines.has(metafieldKey(choice))) ?? [];
  return (
    <>
      <Input
        aria-label="Find a metafield"
        placeholder="Find a metafield"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {answer?.failure && <p className="py-2 text-xs text-red">{answer.failure}</p>}
      {/* Its height is fixed, so that nothing moves under the pointer when an answer comes. */}
      <ul className="scroller mt-1 h-60">
        {choices.map((choice) => (
          <li key={metafieldKey(choice)}>
            <button
              type="button"
              onClick={() => onPick(choice, text)}
              className="flex w-full items-baseline gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{choice.name}</span>
              <span className="mono text-muted max-sm:hidden">
                {choice.namespace}.{choice.key}
              </span>
              <span className="text-2xs text-faint">{codecOf(choice.type).label}</span>
            </button>
          </li>
        ))}
        {answer && !answer.failure && choices.length === 0 && (
          <li className="px-2 py-1 text-muted">None that this product lacks is called so.</li>
        )}
      </ul>
      <button
        type="button"
        onClick={() => onPick("new", text)}
        className="flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-left text-accent hover:bg-hover"
      >
        <Plus aria-hidden className="size-[15px]" />
        {text.trim() === "" ? "A new metafield" : `A new metafield “${text.trim()}”`}
      </button>
    </>
  );
}

"use client";

import { listDefinitionsAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import { useChoices } from "@/components/ui/use-choices";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";

type Props = {
  /** Those already taken, as `namespace.key`. */
  without?: readonly string[];
  onPick: (choice: DefinitionChoice) => void;
};

/** Metafields by a part of their name or key. */
export function MetafieldFinder({ without = [], onPick }: Props) {
  const { text, setText, answer } = useChoices(listDefinitionsAction);

  const choices = answer?.choices.filter(({ namespace, key }) => !without.includes(`${namespace}.${key}`)) ?? [];
  return (
    <div className="grid gap-1">
      <Input
        aria-label="Find a metafield"
        placeholder="Find a metafield"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {answer?.failure && <p className="text-xs text-red">{answer.failure}</p>}
      <ul aria-label="Metafields found" className="scroller h-36 rounded-md border py-1">
        {choices.map((choice) => (
          <li key={`${choice.namespace}.${choice.key}`}>
            <button
              type="button"
              onClick={() => onPick(choice)}
              className="flex w-full items-baseline gap-2 px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{choice.name}</span>
              <span className="mono truncate text-2xs text-faint">
                {choice.namespace}.{choice.key}
              </span>
            </button>
          </li>
        ))}
        {!answer && <li className="px-2 py-1 text-muted">Looking…</li>}
        {answer && !answer.failure && choices.length === 0 && (
          <li className="px-2 py-1 text-muted">No metafield is called so.</li>
        )}
      </ul>
    </div>
  );
}

"use client";

import { useDeferredValue, useEffect, useState } from "react";
import { listDefinitionsAction } from "@/app/(dashboard)/products/[id]/actions";
import { Input } from "@/components/ui/input";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";

type Props = {
  /** Those already taken, as `namespace.key`. */
  without?: readonly string[];
  onPick: (choice: DefinitionChoice) => void;
};

/** Metafields by a part of their name or key. */
export function MetafieldFinder({ without = [], onPick }: Props) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text);
  const [answer, setAnswer] = useState<{ choices: DefinitionChoice[]; failure: string | null } | null>(null);

  useEffect(
    function askServer() {
      let isCurrent = true;
      const unreachable = { choices: [], failure: "The server can't be reached. Type again to try once more." };
      listDefinitionsAction({ q: asked }).then(
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

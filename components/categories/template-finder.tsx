"use client";

import { useDeferredValue, useEffect, useState } from "react";
import { listDefinitionsAction } from "@/app/(dashboard)/products/[id]/actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { codecOf } from "@/lib/metafields/types";

const SHOWN = 6;

type Props = { taken: string[]; onPick: (choice: DefinitionChoice) => void };

/** Finds a metafield of the registry by a part of its name, to be asked of products. */
export function TemplateFinder({ taken, onPick }: Props) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const [answer, setAnswer] = useState<{ choices: DefinitionChoice[]; failure?: string } | null>(null);

  useEffect(
    function askServer() {
      if (asked === "") return;
      let isCurrent = true;
      const failure = "The server can't be reached. Type again to try once more.";
      listDefinitionsAction({ q: asked }).then(
        (result) =>
          isCurrent && setAnswer(result.ok ? { choices: result.data } : { choices: [], failure: result.error.message }),
        () => isCurrent && setAnswer({ choices: [], failure }),
      );
      return () => {
        isCurrent = false;
      };
    },
    [asked],
  );

  const choices = (answer?.choices ?? []).filter(({ namespace, key }) => !taken.includes(`${namespace}.${key}`));
  return (
    <div>
      <Field label="Ask for another metafield" error={answer?.failure}>
        {(control) => (
          <Input
            {...control}
            type="search"
            autoComplete="off"
            placeholder="Find a metafield"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              // Enter picks; it must not save the form.
              if (event.key === "Enter") event.preventDefault();
            }}
          />
        )}
      </Field>
      {asked !== "" && answer && !answer.failure && (
        <ul className="mt-1 rounded-md border p-1">
          {choices.slice(0, SHOWN).map((choice) => (
            <li key={`${choice.namespace}.${choice.key}`}>
              <button
                type="button"
                onClick={() => {
                  onPick(choice);
                  setText("");
                }}
                className="flex w-full items-baseline gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">{choice.name}</span>
                <span className="mono text-muted max-sm:hidden">
                  {choice.namespace}.{choice.key}
                </span>
                <span className="text-2xs text-faint">{codecOf(choice.type).label}</span>
              </button>
            </li>
          ))}
          {choices.length === 0 && <li className="px-2 py-1 text-muted">No other metafield is called so.</li>}
        </ul>
      )}
    </div>
  );
}

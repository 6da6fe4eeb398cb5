"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { updateDefinitionAction } from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast";
import type { DefinitionView } from "@/lib/metafields/definitions/queries";

type Entry = DefinitionView["history"][number];

const LABELS = {
  name: "name",
  description: "description",
  validations: "validations",
  isRequired: "required",
  type: "type",
};

/** Who changed the definition, from what to what; each change can be taken back. */
export function DefinitionHistory({ definition, mayEdit }: { definition: DefinitionView; mayEdit: boolean }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { id, version, name, description, isRequired, rules, history } = definition;

  function takeBack(entry: Entry) {
    const { type: _, ...before } = entry.before ?? {};
    const validations = Object.entries(rules).map(([rule, value = ""]) => ({ name: rule, value }));
    startTransition(async () => {
      const result = await answerOf(
        updateDefinitionAction({
          id,
          version,
          name,
          description,
          isRequired,
          validations,
          ...before,
        }),
      );
      if (result.ok) await showToast("It is as it was before.");
      else await showToast(Object.values(result.error.fields ?? {})[0] ?? result.error.message, { tone: "error" });
      router.refresh();
    });
  }

  return (
    <section aria-labelledby="history">
      <h2 id="history" className="border-b pb-1.5 text-xs font-semibold text-muted">
        History
      </h2>
      {history.length === 0 && <p className="py-2 text-muted">A feed brought it; nobody has changed it since.</p>}
      <ol>
        {history.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-start gap-x-3 border-b border-line-soft py-1.5">
            <div className="min-w-0 flex-1">
              <p>
                <b className="font-medium">{entry.who}</b> {doingWords(entry)}
                <span className="text-2xs text-faint">
                  {" · "}
                  <Time at={entry.at} />
                </span>
              </p>
              {entry.doing === "changed" && <Changes entry={entry} />}
            </div>
            {mayEdit && entry.doing === "changed" && entry.before && !entry.before.type && (
              <Button size="small" variant="ghost" disabled={isPending} onClick={() => takeBack(entry)}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function keysOf(entry: Entry) {
  return (Object.keys(LABELS) as (keyof typeof LABELS)[]).filter((key) => entry.after?.[key] !== undefined); // keys of a literal
}

function doingWords(entry: Entry) {
  switch (entry.doing) {
    case "made":
      return "made it";
    case "deleted":
      return "deleted it";
    case "restored":
      return "made it again";
    case "changed":
      return `changed ${changedWords(entry)}`;
    default:
      return entry.doing satisfies never;
  }
}

function changedWords(entry: Entry) {
  return keysOf(entry)
    .map((key) => LABELS[key])
    .join(", ");
}

function Changes({ entry }: { entry: Entry }) {
  return (
    <ul className="text-xs text-muted">
      {keysOf(entry).map((key) => (
        <li key={key} className="[overflow-wrap:anywhere]">
          {words(entry.before?.[key])} → {words(entry.after?.[key])}
        </li>
      ))}
    </ul>
  );
}

function words(value: string | boolean | { name: string; value: string }[] | undefined) {
  if (typeof value === "boolean") return value ? "required" : "not required";
  if (Array.isArray(value)) return value.map((rule) => `${rule.name} ${rule.value}`).join(", ") || "no validation";
  return value || "nothing";
}

"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { changePoliciesAction } from "@/app/(dashboard)/feeds/[id]/policies/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { SourcePolicies } from "@/lib/feeds/change-policies";
import { POLICY_SECTIONS, type PolicyField } from "./policies-fields";
import { PolicyRow } from "./policies-row";

type Props = SourcePolicies & { mayEdit: boolean };

/** Values as typed: shares in percent. */
type Draft = Record<string, string>;

/** A source's limits, each beside what the last run came to. */
export function PoliciesForm({ source, policies, defaults, filesKept, lastRun, mayEdit }: Props) {
  const saved = draftOf(policies);
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<Draft>({});
  const form = useFirstError(errors);
  const { submit, isPending, error } = useAction(changePoliciesAction);
  const isChanged = Object.keys(saved).some((name) => saved[name] !== draft[name]);
  const isDefault = Object.entries(draftOf(defaults)).every(([name, value]) => draft[name] === value);

  async function save(event: FormEvent) {
    event.preventDefault();
    const { found, problems } = await parse(draft);
    setErrors(problems);
    if (!found) return;
    submit({ sourceId: source.id, version: source.version, policies: found }, () => {
      void showToast(`The limits of ${source.name} hold from its next run on.`);
    });
  }

  return (
    <form ref={form} onSubmit={save} className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 pt-4" noValidate>
      {POLICY_SECTIONS.map((section) => (
        <section key={section.title} aria-label={section.title} className="grid max-w-[64rem] gap-2">
          <h2 className="text-base font-medium">{section.title}</h2>
          <p className="max-w-[90ch] text-muted">{section.help}</p>
          <div className="rounded-md border bg-panel">
            {section.fields.map((field) => (
              <PolicyRow
                key={field.name}
                field={field}
                value={draft[field.name] ?? ""}
                standard={inWords(field, draftOf(defaults)[field.name] ?? "")}
                last={field.name === "keepFiles" ? `${filesKept} kept now` : lastWords(field, lastRun)}
                error={errors[field.name]}
                onChange={mayEdit ? (value) => setDraft({ ...draft, [field.name]: value }) : undefined}
              />
            ))}
          </div>
        </section>
      ))}
      <p className="text-muted">
        {lastRun ? (
          <>
            Figures are of{" "}
            <Link href={`/syncs/${lastRun.number}`} className="tabular text-accent underline">
              run {lastRun.number}
            </Link>
            .
          </>
        ) : (
          "This source has not run yet: there are no figures beside the limits."
        )}
        {!mayEdit && " Managers change the limits."}
      </p>
      {mayEdit && (
        <div className="sticky bottom-0 col-span-full -mx-4 flex w-[calc(100%+2rem)] flex-wrap items-center gap-2 border-t bg-bg px-4 py-3">
          {error && (
            <p role="alert" className="text-red">
              {error.message}
            </p>
          )}
          <span className="ml-auto" />
          <Button onClick={() => setDraft(draftOf(defaults))} aria-disabled={isDefault}>
            Back to the defaults
          </Button>
          {isChanged && <Button onClick={() => setDraft(saved)}>Discard</Button>}
          <Button type="submit" variant="primary" aria-disabled={!isChanged || isPending}>
            {isPending ? "Saving…" : isChanged ? "Save limits" : "Saved"}
          </Button>
        </div>
      )}
    </form>
  );
}

const FIELDS = POLICY_SECTIONS.flatMap((section) => section.fields);

function draftOf(policies: SourcePolicies["policies"]): Draft {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const value = policies[field.name];
      const isShare = field.type === "percent" || field.type === "points";
      return [field.name, isShare ? String(Number((Number(value) * 100).toFixed(2))) : String(value)];
    }),
  );
}

async function parse(draft: Draft) {
  // With a library that nobody needs before they save.
  const { feedPolicies } = await import("@/lib/feeds/policies");
  const problems: Draft = {};
  const values: Record<string, string | number> = {};
  for (const field of FIELDS) {
    const text = (draft[field.name] ?? "").trim();
    if (field.type === "choice") {
      values[field.name] = text;
      continue;
    }
    const number = text === "" ? Number.NaN : Number(text.replace(",", "."));
    const isShare = field.type === "percent" || field.type === "points";
    values[field.name] = isShare ? number / 100 : number;
    if (!feedPolicies.shape[field.name].safeParse(values[field.name]).success) problems[field.name] = ASK[field.type];
  }
  return { problems, found: Object.keys(problems).length === 0 ? feedPolicies.parse(values) : null };
}

const ASK = {
  percent: "Enter a percentage from 0 to 100, like 70.",
  points: "Enter points from 0 to 100, like 20.",
  factor: "Enter a factor from 1 to 1,000, like 3.",
  count: "Enter a whole number from 1 on.",
};

function inWords(field: PolicyField, value: string) {
  switch (field.type) {
    case "choice":
      return field.choices[value] ?? value;
    case "percent":
      return `${value} %`;
    case "points":
      return `${value} points`;
    case "factor":
      return `${value} ×`;
    case "count":
      return value;
    default:
      return field satisfies never;
  }
}

function lastWords(field: PolicyField, lastRun: Props["lastRun"]) {
  return lastRun?.figures ? (field.last?.(lastRun.figures) ?? null) : null;
}

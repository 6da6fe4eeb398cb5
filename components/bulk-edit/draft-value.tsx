"use client";

import { CategoryPopover } from "@/components/product/category-popover";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Select, Textarea } from "@/components/ui/input";
import { OnIntent } from "@/components/ui/on-intent";
import { ENDINGS, PLACEHOLDERS } from "@/lib/bulk-edit/operation";
import { fieldInfo } from "@/lib/catalog/product-fields";
import type { CategoryChoice } from "@/lib/categories/list-category-choices";
import { choicesOf } from "@/lib/metafields/text-codecs";
import { codecOf, rulesOf } from "@/lib/metafields/types";
import { type Draft, fieldName, valueHint } from "./draft";

type Props = { draft: Draft; onChange: (draft: Draft) => void };

/** What is to be typed or chosen for the deed; nothing for those that need nothing. */
export function DraftValue({ draft, onChange }: Props) {
  const set = (more: Partial<Draft>) => onChange({ ...draft, ...more });
  switch (draft.deed) {
    case "set":
    case "add":
      return <NewValue draft={draft} onChange={onChange} />;
    case "percent":
    case "amount":
    case "times":
      return (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            aria-label={draft.deed === "percent" ? "Percent" : draft.deed === "times" ? "Factor" : "Amount"}
            placeholder={draft.deed === "percent" ? "10 or -5" : draft.deed === "times" ? "1.2" : "2.50 or -1"}
            inputMode="text"
            autoFocus
            className="tabular w-28"
            value={draft.by}
            onChange={(event) => set({ by: event.target.value })}
          />
          {draft.deed === "percent" && <span className="text-muted">%</span>}
          {isMoney(draft) && <Ending draft={draft} onChange={onChange} isOptional />}
        </div>
      );
    case "round":
      return <Ending draft={draft} onChange={onChange} />;
    case "replace":
      return (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            aria-label="Find"
            placeholder="Find"
            autoFocus
            className="w-40 flex-1"
            value={draft.find}
            onChange={(event) => set({ find: event.target.value })}
          />
          <Input
            aria-label="Replace with"
            placeholder="Replace with (nothing takes it out)"
            className="w-40 flex-1"
            value={draft.with}
            onChange={(event) => set({ with: event.target.value })}
          />
          <label className="flex items-center gap-1.5 text-muted">
            <Checkbox checked={draft.matchCase} onChange={(event) => set({ matchCase: event.target.checked })} />
            Match case
          </label>
        </div>
      );
    case "prefix":
    case "suffix":
      return (
        <Input
          aria-label="Text"
          placeholder={draft.deed === "prefix" ? "Text before, with its space" : "Text behind, with its space"}
          autoFocus
          value={draft.text}
          onChange={(event) => set({ text: event.target.value })}
        />
      );
    case "template":
      return <Template draft={draft} onChange={onChange} />;
    case "case":
      return (
        <Select
          aria-label="Letters"
          className="w-auto"
          value={draft.letters}
          // The options are all there are.
          onChange={(event) => set({ letters: event.target.value as Draft["letters"] })}
        >
          <option value="title">Title Case</option>
          <option value="sentence">Sentence case</option>
          <option value="upper">UPPER CASE</option>
          <option value="lower">lower case</option>
        </Select>
      );
    case "clear":
      return <p className="text-muted">{fieldName(draft)} is unknown afterwards; an undo brings it back.</p>;
    case "keep":
      return <p className="text-muted">The values stay as they are, whatever feeds say from now on.</p>;
    case "release":
      return <p className="text-muted">Kept values become what the feed says; others stay as they are.</p>;
    default:
      throw draft.deed satisfies never;
  }
}

function isMoney({ field }: Draft) {
  return field !== "metafield" && fieldInfo(field).control === "money";
}

function Ending({ draft, onChange, isOptional }: Props & { isOptional?: boolean }) {
  return (
    <label className="flex items-center gap-2 text-muted">
      {isOptional ? "then" : "To the nearest price ending in"}
      <Select
        aria-label="Ending"
        className="w-auto"
        value={draft.ending || (isOptional ? "" : ENDINGS[0])}
        // The options are the endings.
        onChange={(event) => onChange({ ...draft, ending: event.target.value as Draft["ending"] })}
      >
        {isOptional && <option value="">to the cent</option>}
        {ENDINGS.map((ending) => (
          <option key={ending} value={ending}>
            {isOptional ? `to the nearest ${ending}` : ending}
          </option>
        ))}
      </Select>
    </label>
  );
}

function Template({ draft, onChange }: Props) {
  return (
    <div className="grid gap-1">
      <Input
        aria-label="Template"
        placeholder="{brand} {name}"
        autoFocus
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.target.value })}
      />
      <p className="flex flex-wrap items-center gap-1 text-2xs text-muted">
        {Object.keys(PLACEHOLDERS).map((name) => (
          <button
            key={name}
            type="button"
            className="mono rounded-sm border px-1 hover:bg-hover"
            onClick={() => onChange({ ...draft, text: `${draft.text}{${name}}` })}
          >
            {`{${name}}`}
          </button>
        ))}
        or a metafield, like <span className="mono">{"{custom.colour}"}</span>
      </p>
    </div>
  );
}

function NewValue({ draft, onChange }: Props) {
  const { field, definition } = draft;
  if (field === "status") {
    return (
      <Select
        aria-label="Status"
        className="w-auto"
        value={draft.status}
        // The options are all there are.
        onChange={(event) => onChange({ ...draft, status: event.target.value as Draft["status"] })}
      >
        <option value="active">Active</option>
        <option value="draft">Draft</option>
        <option value="archived">Archived</option>
      </Select>
    );
  }
  if (field === "categoryId") return <Category draft={draft} onChange={onChange} />;
  const choices = choicesIn(draft);
  const common = { "aria-label": `New ${fieldName(draft).toLowerCase()}`, value: draft.value };
  const type = (value: string) => onChange({ ...draft, value });
  if (choices) {
    return (
      <Select {...common} className="w-auto" onChange={(event) => type(event.target.value)}>
        <option value="" disabled>
          Choose
        </option>
        {choices.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  const control = definition
    ? codecOf(definition.type).control
    : field === "metafield"
      ? "text"
      : fieldInfo(field).control;
  const unit = field === "metafield" ? undefined : (fieldInfo(field).unit ?? undefined);
  if (control === "multiline" || control === "html" || control === "list") {
    return (
      <Textarea
        {...common}
        autoFocus
        placeholder={valueHint(draft) ?? "New text"}
        onChange={(event) => type(event.target.value)}
      />
    );
  }
  return (
    <span className="flex items-center gap-2">
      <Input
        {...common}
        autoFocus
        type={control === "date" ? "date" : "text"}
        placeholder={valueHint(draft) ?? (isMoney(draft) ? "12.50" : "New value")}
        inputMode={control === "money" || control === "number" || control === "integer" ? "decimal" : undefined}
        onChange={(event) => type(event.target.value)}
      />
      {unit && <span className="text-muted">{unit}</span>}
    </span>
  );
}

function choicesIn({ definition }: Draft): [string, string][] | null {
  if (!definition) return null;
  const choices = choicesOf(rulesOf(definition.validations));
  if (choices) return choices.map((choice) => [choice, choice]);
  const isYesNo = codecOf(definition.type).control === "yes-no";
  return isYesNo
    ? [
        ["true", "Yes"],
        ["false", "No"],
      ]
    : null;
}

function Category({ draft, onChange }: Props) {
  const { category } = draft;
  const words =
    category === undefined ? "Choose a category…" : category === null ? "Uncategorised" : pathWords(category);
  const onPick = (choice: CategoryChoice | null) => onChange({ ...draft, category: choice });
  return (
    <OnIntent load={async () => CategoryPopover} opens="dialog" props={{ onPick }}>
      <Button className="w-fit max-w-full">
        <span className="truncate">{words}</span>
      </Button>
    </OnIntent>
  );
}

function pathWords({ above, name }: CategoryChoice) {
  return [...above, name].join(" › ");
}

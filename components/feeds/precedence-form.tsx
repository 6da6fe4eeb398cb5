"use client";

import { useState } from "react";
import { savePrecedenceAction } from "@/app/(dashboard)/feeds/precedence/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { FEED_FIELDS } from "@/lib/feeds/feed-fields";
import { COMMERCE_FIELDS, groupOf, Precedence, type PrecedenceSettings } from "@/lib/feeds/precedence";
import { fieldLabel } from "@/lib/sync/field-words";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";
import { PrecedenceOrder } from "./precedence-order";

export interface RulingSource {
  id: string;
  name: string;
  kind: FeedKind;
}

const RULED_FIELDS: string[] = [...FEED_FIELDS, "category", "images"];

type Props = { sources: RulingSource[]; settings: PrecedenceSettings; asked?: string; mayEdit: boolean };

/** The order of the sources per group of fields and per single field; what is said here holds from the next run on. */
export function PrecedenceForm({ sources, settings, asked, mayEdit }: Props) {
  const [draft, setDraft] = useState(settings);
  const { submit, isPending, error } = useAction(savePrecedenceAction);
  const precedence = new Precedence(sources, draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings);
  const single = Object.keys(draft.fields).filter((field) => draft.fields[field]?.length);
  const addable = RULED_FIELDS.filter((field) => !single.includes(field));

  const setField = (field: string, ids: string[]) => setDraft({ ...draft, fields: { ...draft.fields, [field]: ids } });

  return (
    <div className="grid max-w-3xl gap-6 px-4 pb-8">
      <p className="text-muted">
        Where several feeds speak of one product, the upper one's value stands; a lower one fills what is empty. A value
        a person keeps stands above all of them.
      </p>
      {asked && <Asked field={asked} sources={sources} precedence={precedence} />}
      <Group
        title="Price and stock"
        fields={COMMERCE_FIELDS.map(fieldLabel).join(", ")}
        why={
          draft.commerce.length > 0
            ? "Set by hand."
            : "By format: price lists know what is stocked and what it costs. Feeds on one step are equals: whoever says something new last is heard."
        }
        onReset={mayEdit && draft.commerce.length > 0 ? () => setDraft({ ...draft, commerce: [] }) : undefined}
      >
        <PrecedenceOrder
          label="Price and stock"
          sources={sources}
          order={precedence.orderOf("priceCents")}
          onChange={mayEdit ? (commerce) => setDraft({ ...draft, commerce }) : undefined}
        />
      </Group>
      <Group
        title="What a product is"
        fields="Name, texts, brand, codes, pictures, category, metafields and the rest"
        why={
          draft.content.length > 0
            ? "Set by hand."
            : "By format: content feeds know what a product is. Feeds on one step are equals: whoever says something new last is heard."
        }
        onReset={mayEdit && draft.content.length > 0 ? () => setDraft({ ...draft, content: [] }) : undefined}
      >
        <PrecedenceOrder
          label="What a product is"
          sources={sources}
          order={precedence.orderOf("name")}
          onChange={mayEdit ? (content) => setDraft({ ...draft, content }) : undefined}
        />
      </Group>
      {single.map((field) => (
        <Group
          key={field}
          title={fieldLabel(field)}
          fields="This field alone"
          why="Set by hand, apart from its group."
          onReset={mayEdit ? () => setField(field, []) : undefined}
        >
          <PrecedenceOrder
            label={fieldLabel(field)}
            sources={sources}
            order={precedence.orderOf(field)}
            onChange={mayEdit ? (ids) => setField(field, ids) : undefined}
          />
        </Group>
      ))}
      {mayEdit && (
        <div className="flex flex-wrap items-center gap-3">
          <label className="flex items-center gap-2">
            <span className="whitespace-nowrap text-muted">Give a field its own order</span>
            <Select
              value=""
              onChange={(event) => setField(event.target.value, precedence.orderOf(event.target.value).steps.flat())}
            >
              <option value="" disabled>
                Choose a field
              </option>
              {addable.map((field) => (
                <option key={field} value={field}>
                  {fieldLabel(field)}
                </option>
              ))}
            </Select>
          </label>
          <span className="ml-auto" />
          {error && (
            <p role="alert" className="text-red">
              {error.message}
            </p>
          )}
          {isChanged && (
            <>
              <Button onClick={() => setDraft(settings)}>Discard</Button>
              <Button
                variant="primary"
                onClick={() =>
                  submit({ from: settings, to: draft }, () => void showToast("The order holds from the next run on."))
                }
              >
                {isPending ? "Saving…" : "Save order"}
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

type GroupProps = {
  title: string;
  fields: string;
  why: string;
  onReset?: () => void;
  children: React.ReactNode;
};

function Group({ title, fields, why, onReset, children }: GroupProps) {
  return (
    <section aria-label={title} className="grid gap-2">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-base font-medium">{title}</h2>
        <span className="text-xs text-muted">{fields}</span>
        {onReset && (
          <Button size="small" variant="ghost" className="ml-auto" onClick={onReset}>
            Back to the default
          </Button>
        )}
      </div>
      {children}
      <p className="text-xs text-muted">{why}</p>
    </section>
  );
}

const GROUP_NAMES = { commerce: "price and stock", content: "what a product is" } as const;

/** The answer to "why does this feed's value stand here?", when one comes from a badge. */
function Asked({ field, sources, precedence }: { field: string; sources: RulingSource[]; precedence: Precedence }) {
  const { steps, by } = precedence.orderOf(field);
  const names = steps.map((ids) => ids.map((id) => sources.find((source) => source.id === id)?.name).join(" or "));
  const because =
    by === "field"
      ? "an order was set for this field alone"
      : by === "group"
        ? `the order of ${GROUP_NAMES[groupOf(field)]} was set by hand`
        : `that is the formats' order for ${GROUP_NAMES[groupOf(field)]}`;
  return (
    <p className="rounded-md bg-accent-soft px-3 py-2">
      <strong className="font-semibold">{fieldLabel(field)}</strong> is ruled by {names[0]}
      {names.length > 1 && <>, then {names.slice(1).join(", then ")}</>}: {because}.
    </p>
  );
}

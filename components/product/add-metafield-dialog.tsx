"use client";

import { useState, useTransition } from "react";
import { removeMetafieldAction, setMetafieldAction } from "@/app/(dashboard)/products/[id]/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { IntentProps } from "@/components/ui/on-intent";
import { showToast } from "@/components/ui/toast";
import { undoButton } from "@/components/ui/undo-button";
import type { DefinitionChoice } from "@/lib/metafields/list-definitions";
import { choicesOf } from "@/lib/metafields/text-codecs";
import { codecOf, METAFIELD_TYPES, parseMetafield, rulesOf } from "@/lib/metafields/types";
import { DefinitionPicker } from "./definition-picker";
import { useEditor } from "./editor";
import type { Line } from "./lines";
import { ValueControl } from "./value-control";

interface Draft {
  namespace: string;
  key: string;
  type: string;
  typed: string;
}

const EMPTY: Draft = { namespace: "custom", key: "", type: "single_line_text_field", typed: "" };

/** Adds a metafield at once: one whose definition exists, or a new one with its namespace, key and type. */
export function AddMetafieldDialog({ trigger, defaultOpen }: IntentProps) {
  const { product } = useEditor();
  const [isOpen, setOpen] = useState<boolean>(defaultOpen);
  const [definition, setDefinition] = useState<DefinitionChoice | "new" | null>(null);
  const [draft, setDraft] = useState(EMPTY);
  const [error, setError] = useState<string>();
  const [isSaving, startSaving] = useTransition();

  function start(choice: DefinitionChoice | "new", words = "") {
    setError(undefined);
    setDefinition(choice);
    if (choice === "new") setDraft({ ...EMPTY, key: words.toLowerCase().replace(/[^a-z0-9]+/g, "_") });
    else setDraft({ namespace: choice.namespace, key: choice.key, type: choice.type, typed: "" });
  }
  function close() {
    setOpen(false);
    setDefinition(null);
    setDraft(EMPTY);
  }
  function add() {
    const parsed = parseMetafield(
      draft.type,
      draft.typed,
      definition === "new" ? {} : rulesOf(definition?.validations),
    );
    if (!parsed.ok) return setError(parsed.error);
    const { typed: _, ...name } = draft;
    startSaving(async () => {
      const result = await answerOf(
        setMetafieldAction({ productId: product.id, ...name, from: null, to: parsed.value }),
      );
      if (!result.ok) return setError(Object.values(result.error.fields ?? {})[0] ?? result.error.message);
      close();
      const undo = () => removeMetafieldAction({ productId: product.id, ...name, from: parsed.value });
      await showToast(`Added ${draft.namespace}.${draft.key}.`, { action: undoButton(undo) });
    });
  }

  const isNew = definition === "new";
  return (
    <Dialog open={isOpen} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title="Add metafield"
        description={definition ? undefined : "Pick one that other products have, or make a new one."}
        footer={
          definition && (
            <>
              <Button onClick={() => setDefinition(null)}>Back</Button>
              <Button variant="primary" onClick={add} disabled={isSaving}>
                {isSaving ? "Adding…" : "Add"}
              </Button>
            </>
          )
        }
      >
        {definition === null ? (
          <DefinitionPicker onPick={start} />
        ) : (
          <form
            className="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            {isNew ? (
              <NewDefinition draft={draft} onChange={setDraft} />
            ) : (
              <p className="text-muted">
                <b className="text-text">{definition.name}</b> · {definition.namespace}.{definition.key} ·{" "}
                {codecOf(definition.type).label}
              </p>
            )}
            <Field label="Value" error={error} help={codecOf(draft.type).hint}>
              {(control) => (
                <div className="rounded-md border">
                  <ValueControl
                    line={lineFor(draft, definition === "new" ? null : definition)}
                    typed={draft.typed}
                    onType={(typed) => setDraft({ ...draft, typed })}
                    id={control.id}
                    isInvalid={control["aria-invalid"]}
                    describedBy={control["aria-describedby"]}
                  />
                </div>
              )}
            </Field>
            <button type="submit" hidden />
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

function NewDefinition({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Namespace">
          {(control) => (
            <Input
              {...control}
              className="mono"
              value={draft.namespace}
              onChange={(event) => onChange({ ...draft, namespace: event.target.value })}
            />
          )}
        </Field>
        <Field label="Key">
          {(control) => (
            <Input
              {...control}
              className="mono"
              value={draft.key}
              onChange={(event) => onChange({ ...draft, key: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Type" help="It holds for every product and can't be changed later.">
        {(control) => (
          <Select
            {...control}
            value={draft.type}
            onChange={(event) => onChange({ ...draft, type: event.target.value, typed: "" })}
          >
            {METAFIELD_TYPES.map((type) => (
              <option key={type} value={type}>
                {codecOf(type).label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

/** The value's control as it will be on the page. */
function lineFor(draft: Draft, definition: DefinitionChoice | null): Line {
  const rules = rulesOf(definition?.validations);
  const choices = choicesOf(rules);
  return {
    key: "new",
    label: "Value",
    control: choices ? "choice" : codecOf(draft.type).control,
    choices: choices ?? [],
    stored: "",
    source: { kind: "person", who: "you", run: null, at: null, kept: null },
    metafield: { namespace: draft.namespace, key: draft.key, type: draft.type },
    edit: String,
    show: String,
    parse: (typed) => parseMetafield(draft.type, typed, rules),
  };
}

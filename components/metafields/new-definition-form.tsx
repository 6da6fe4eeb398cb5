"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { createDefinitionAction } from "@/app/(dashboard)/metafields/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Field } from "@/components/ui/field";
import { FormEnd } from "@/components/ui/form-end";
import { Input, Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { codecOf, METAFIELD_TYPES } from "@/lib/metafields/types";
import { type DefinitionDraft, DefinitionFields, storedRules } from "./definition-fields";

const NEW: DefinitionDraft = { name: "", description: "", isRequired: false, rules: {} };

/** A definition made before any product has a value of it. */
export function NewDefinitionForm() {
  const router = useRouter();
  const [namespace, setNamespace] = useState("custom");
  const [key, setKey] = useState<string>();
  const [type, setType] = useState<string>("single_line_text_field");
  const [draft, setDraft] = useState(NEW);
  const [failure, setFailure] = useState<{ message: string; fields?: Record<string, string> }>();
  const [isPending, startTransition] = useTransition();
  const ownKey =
    key ??
    draft.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "");
  const errors = failure?.fields ?? {};

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    startTransition(async () => {
      const { name, description, isRequired, rules } = draft;
      const facts = { name, description, isRequired, validations: storedRules(type, rules) };
      const result = await answerOf(createDefinitionAction({ ...facts, namespace, key: ownKey, type }));
      if (!result.ok) return setFailure(result.error);
      await showToast(`${namespace}.${ownKey} can be filled in now.`);
      router.push(`/metafields/${result.data.id}`);
    });
  }

  return (
    <form onSubmit={submit} noValidate className="grid w-full max-w-[640px] gap-4 px-4 pt-2 pb-10">
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Type" help={codecOf(type).hint} error={errors.type}>
          {(control) => (
            <Select {...control} value={type} onChange={(event) => setType(event.target.value)}>
              {METAFIELD_TYPES.map((one) => (
                <option key={one} value={one}>
                  {codecOf(one).label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Namespace" error={errors.namespace}>
          {(control) => (
            <Input
              {...control}
              className="mono"
              value={namespace}
              onChange={(event) => setNamespace(event.target.value)}
            />
          )}
        </Field>
        <Field label="Key" error={errors.key} help="Made from the name; it can't be changed later.">
          {(control) => (
            <Input {...control} className="mono" value={ownKey} onChange={(event) => setKey(event.target.value)} />
          )}
        </Field>
      </div>
      <DefinitionFields type={type} draft={draft} errors={errors} mayEdit onChange={setDraft} />
      <FormEnd error={failure && !failure.fields ? failure.message : undefined} isPending={isPending} pending="Making…">
        Make definition
      </FormEnd>
    </form>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { editCategoryAction } from "@/app/(dashboard)/categories/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { LeaveDialog } from "@/components/ui/leave-dialog";
import { showToast } from "@/components/ui/toast";
import type { CategoryDetails } from "@/lib/categories/get-category-details";
import type { FieldErrors } from "@/lib/errors";
import { type AttributeDraft, AttributeLines, attributeEdits, toDrafts } from "./attribute-lines";
import { InheritedTemplate } from "./inherited-template";
import { Section } from "./section";
import { TemplateLines } from "./template-lines";

/** What a category says of itself and asks of its products, saved as one run. */
export function CategoryForm({ category }: { category: CategoryDetails }) {
  const router = useRouter();
  const [description, setDescription] = useState(category.description);
  const [attributes, setAttributes] = useState<AttributeDraft[]>(() => toDrafts(category.metafields));
  const [template, setTemplate] = useState(category.template);
  const [failure, setFailure] = useState<{ message: string; fields: FieldErrors; isConflict: boolean } | null>(null);
  const [isSaving, startSaving] = useTransition();
  const edits = attributeEdits(category.metafields, attributes);
  const isTemplateChanged = JSON.stringify(template) !== JSON.stringify(category.template);
  const isDirty = description !== category.description || edits.length > 0 || isTemplateChanged;

  async function save(): Promise<boolean> {
    const result = await answerOf(
      editCategoryAction({
        id: category.id,
        ...(description !== category.description && { description: { from: category.description, to: description } }),
        metafields: edits,
        ...(isTemplateChanged && {
          template: {
            from: category.templateWords,
            to: template.map(({ namespace, key, isRequired }) => ({ namespace, key, isRequired })),
          },
        }),
      }),
    );
    if (!result.ok) {
      const { message, fields = {}, code } = result.error;
      setFailure({ message, fields, isConflict: code === "conflict" });
      return false;
    }
    setFailure(null);
    const { number } = result.data;
    if (number !== null) {
      const action = { label: `Open run ${number}`, onClick: () => router.push(`/syncs/${number}`) };
      await showToast(`Saved “${category.name}”`, { action });
    }
    router.refresh();
    return true;
  }
  function discard() {
    setDescription(category.description);
    setAttributes(toDrafts(category.metafields));
    setTemplate(category.template);
    setFailure(null);
  }

  return (
    <form
      className="grid content-start gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty && !isSaving) startSaving(async () => void (await save()));
      }}
    >
      <Section title="Description">
        <Field label="What belongs in it" error={failure?.fields["description.to"]}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              className="field-sizing-content"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
      </Section>
      <Section title="Attributes">
        <AttributeLines drafts={attributes} errors={failure?.fields ?? {}} onChange={setAttributes} />
      </Section>
      <Section title="Its products shall have">
        <TemplateLines items={template} error={failure?.fields.template} onChange={setTemplate} />
        <InheritedTemplate inherited={category.inherited} isAlone={template.length === 0} />
      </Section>
      <div className="sticky bottom-0 grid gap-2 border-t bg-panel py-3">
        {failure && (
          <p role="alert" className="text-red">
            {failure.message}
          </p>
        )}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" aria-disabled={!isDirty || isSaving}>
            {isSaving ? "Saving…" : "Save"}
          </Button>
          <Button onClick={discard} aria-disabled={!isDirty || isSaving}>
            Discard
          </Button>
          {failure?.isConflict && <Button onClick={() => router.refresh()}>Reload</Button>}
        </div>
      </div>
      <LeaveDialog isDirty={isDirty} save={save} discard={discard} />
    </form>
  );
}

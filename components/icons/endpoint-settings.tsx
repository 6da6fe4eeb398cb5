"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { saveIconSettingsAction, testEndpointAction } from "@/app/(dashboard)/icons/settings/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { ShownIconSettings } from "@/lib/icons/icon-settings";
import { draftOf, type EndpointDraft, readDraft } from "./endpoint-draft";
import { EndpointFields } from "./endpoint-fields";

type Props = { settings: ShownIconSettings /** This month so far; null: nothing. */; spent: string | null };

/** The brand's colour, the endpoint that makes icons for money, and what it may cost. */
export function EndpointSettings({ settings, spent }: Props) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const save = useAction(saveIconSettingsAction);
  const test = useAction(testEndpointAction);
  const [said, setSaid] = useState<string>();
  /** Whose errors stand in the form. */
  const [last, setLast] = useState<"save" | "test">("save");
  const error = last === "save" ? save.error : test.error;
  const tested = Object.entries(test.error?.fields ?? {}).map(([name, sentence]) => {
    return [name.startsWith("endpoint.") ? name : `endpoint.${name}`, sentence];
  });
  const errors = { ...(last === "save" ? save.error?.fields : Object.fromEntries(tested)), ...typed };
  const set = (change: Partial<EndpointDraft>) => {
    setSaid(undefined);
    setDraft((before) => ({ ...before, ...change }));
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    const read = readDraft(draft, settings.revision);
    setTyped(read.errors);
    setLast("save");
    if (Object.keys(read.errors).length > 0) return;
    save.submit(read.settings, () => {
      void showToast("Icon settings saved");
      router.refresh();
    });
  }

  function tryIt() {
    const read = readDraft(draft, settings.revision);
    setTyped(read.errors);
    setSaid(undefined);
    setLast("test");
    if (Object.keys(read.errors).length === 0) test.submit(read.endpoint, ({ said: words }) => setSaid(words));
  }

  return (
    <form onSubmit={submit} noValidate className="grid max-w-2xl grid-cols-1 gap-6">
      <section aria-labelledby="brand" className="grid gap-3">
        <h2 id="brand" className="text-lg">
          Brand colour
        </h2>
        <Field label="Colour" help="What “Brand colour” means where icons are asked for." error={errors.brandColor}>
          {(control) => (
            <span className="flex gap-1">
              <Input
                type="color"
                aria-label="Pick the brand colour"
                className="w-10 shrink-0 px-0.5"
                value={/^#[0-9a-f]{6}$/i.test(draft.brandColor) ? draft.brandColor : "#2f6fed"}
                onChange={(event) => set({ brandColor: event.target.value })}
              />
              <Input
                {...control}
                className="mono w-28"
                spellCheck={false}
                value={draft.brandColor}
                onChange={(event) => set({ brandColor: event.target.value })}
              />
            </span>
          )}
        </Field>
      </section>
      <section aria-labelledby="endpoint" className="grid gap-3">
        <div>
          <h2 id="endpoint" className="text-lg">
            Image endpoint
          </h2>
          <p className="mt-0.5 text-muted">
            A server that makes pictures as OpenAI&apos;s does, a company&apos;s or one of your own. The built-in
            generator needs none. The API key is kept sealed.
          </p>
        </div>
        <label className="flex items-center gap-2">
          <Checkbox checked={draft.isOn} onChange={(event) => set({ isOn: event.target.checked })} />
          Make icons by an image endpoint
        </label>
        {draft.isOn && (
          <EndpointFields draft={draft} hint={settings.endpoint?.apiKeyHint ?? null} errors={errors} onChange={set} />
        )}
      </section>
      {draft.isOn && (
        <section aria-labelledby="month" className="grid gap-3">
          <h2 id="month" className="text-lg">
            What it may cost
          </h2>
          <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
            <Field label="Currency" error={errors.currency}>
              {(control) => (
                <Input
                  {...control}
                  className="uppercase"
                  maxLength={3}
                  spellCheck={false}
                  value={draft.currency}
                  onChange={(event) => set({ currency: event.target.value })}
                />
              )}
            </Field>
            <Field
              label="Ceiling of a month"
              help={`${spent ? `${spent} this month so far. ` : ""}Empty: none. A batch that would exceed it pauses.`}
              error={errors.monthCeilingMicros}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  placeholder="none"
                  className="tabular w-28"
                  value={draft.monthCeiling}
                  onChange={(event) => set({ monthCeiling: event.target.value })}
                />
              )}
            </Field>
          </div>
        </section>
      )}
      {error && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" aria-disabled={save.isPending}>
            {save.isPending ? "Saving…" : "Save settings"}
          </Button>
          {draft.isOn && (
            <Button onClick={tryIt} aria-disabled={test.isPending}>
              {test.isPending ? "Asking…" : "Test without paying"}
            </Button>
          )}
        </div>
        <p role="status" className="text-muted">
          {said}
        </p>
      </div>
    </form>
  );
}

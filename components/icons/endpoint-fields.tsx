import { Field } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import type { EndpointDraft } from "./endpoint-draft";
import { SizePrices } from "./size-prices";

type Props = {
  draft: EndpointDraft;
  /** The saved key's last four characters. */
  hint: string | null;
  errors: Record<string, string>;
  onChange: (change: Partial<EndpointDraft>) => void;
};

/** Where the endpoint is, how it is asked, and what its pictures cost. */
export function EndpointFields({ draft, hint, errors, onChange }: Props) {
  return (
    <>
      <Field label="Address" help="With the version, as the provider writes it." error={errors["endpoint.baseUrl"]}>
        {(control) => (
          <Input
            {...control}
            type="url"
            placeholder="https://api.openai.com/v1"
            spellCheck={false}
            value={draft.baseUrl}
            onChange={(event) => onChange({ baseUrl: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <Field label="Model" error={errors["endpoint.model"]}>
          {(control) => (
            <Input
              {...control}
              placeholder="gpt-image-1"
              spellCheck={false}
              value={draft.model}
              onChange={(event) => onChange({ model: event.target.value })}
            />
          )}
        </Field>
        <div className="grid gap-1.5">
          <Field
            label="API key"
            help={hint && !draft.hasNoKey ? `Saved (${hint}). Type to replace it.` : undefined}
            error={errors["endpoint.apiKey"]}
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                disabled={draft.hasNoKey}
                value={draft.hasNoKey ? "" : draft.apiKey}
                onChange={(event) => onChange({ apiKey: event.target.value })}
              />
            )}
          </Field>
          <label className="flex items-center gap-2 text-xs text-muted">
            <Checkbox checked={draft.hasNoKey} onChange={(event) => onChange({ hasNoKey: event.target.checked })} />
            It asks for no key
          </label>
        </div>
      </div>
      <SizePrices
        sizes={draft.sizes}
        currency={draft.currency}
        errors={errors}
        onChange={(sizes) => onChange({ sizes })}
      />
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-3">
        <Field label="Pictures come" help="Some servers must be told.">
          {(control) => (
            <Select
              {...control}
              value={draft.answerFormat}
              // The options are exactly these.
              onChange={(event) => onChange({ answerFormat: event.target.value as EndpointDraft["answerFormat"] })}
            >
              <option value="unsaid">as the server likes</option>
              <option value="b64_json">within the answer</option>
              <option value="url">as an address</option>
            </Select>
          )}
        </Field>
        <Field label="Calls at once" error={errors["endpoint.concurrency"]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={10}
              value={draft.concurrency}
              onChange={(event) => onChange({ concurrency: event.target.value })}
            />
          )}
        </Field>
        <Field label="Seconds to wait for a picture" error={errors["endpoint.timeoutSeconds"]}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={5}
              max={900}
              value={draft.timeoutSeconds}
              onChange={(event) => onChange({ timeoutSeconds: event.target.value })}
            />
          )}
        </Field>
      </div>
      <label className="flex items-center gap-2">
        <Checkbox
          checked={draft.isTransparent}
          onChange={(event) => onChange({ isTransparent: event.target.checked })}
        />
        It can leave the background out (transparent)
      </label>
      <div className="grid gap-0.5">
        <label className="flex items-center gap-2">
          <Checkbox
            checked={draft.heedsKeys}
            aria-describedby="heeds-keys"
            onChange={(event) => onChange({ heedsKeys: event.target.checked })}
          />
          It charges once for calls with the same Idempotency-Key
        </label>
        <p id="heeds-keys" className="pl-6 text-xs text-muted">
          Only if its provider promises so: then a call without an answer is repeated. Else its picture fails, its price
          counts, and a person decides whether to ask again.
        </p>
      </div>
    </>
  );
}

"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { requestIconsAction } from "@/app/(dashboard)/icons/new/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Input, Select, Textarea } from "@/components/ui/input";
import { formatPlural } from "@/lib/format";
import { readAmount } from "@/lib/icons/amount";
import type { IconRequest } from "@/lib/icons/icon-request";
import { ICON_PROVIDERS, type IconProvider, PROVIDER_WORDS } from "@/lib/icons/look-words";
import { IconLookFields, type Look } from "./icon-look-fields";
import { IconPreview } from "./icon-preview";
import { IconTargetFields, type Place, targetOf, type Which } from "./icon-target-fields";
import { PlanWords } from "./plan-words";
import { useIconPlan } from "./use-icon-plan";

type Props = {
  which: Which;
  /** The category that the page was opened for. */
  place: Place | null;
  /** Those that the board named; empty without it. */
  givenIds: string[];
  givenWords: string;
  /** How many categories lack an icon, in all. */
  gaps: number;
  hasEndpoint: boolean;
  currency: string;
};

/** Chooses what icons are made of and for; what would come of it is shown before anything is. */
export function GenerateForm({ givenIds, givenWords, gaps, hasEndpoint, currency, ...first }: Props) {
  const router = useRouter();
  const [which, setWhich] = useState<Which>(first.which);
  const [place, setPlace] = useState<Place | null>(first.place);
  const [provider, setProvider] = useState<IconProvider>("built-in");
  const [look, setLook] = useState<Look>({ style: "duotone", color: "blue", background: "rounded", size: 256 });
  const [variations, setVariations] = useState(first.which === "one" ? 3 : 1);
  const [instructions, setInstructions] = useState("");
  const [ceiling, setCeiling] = useState("");
  const [makeAnew, setMakeAnew] = useState(false);
  const [useAtOnce, setUseAtOnce] = useState(false);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  const target = targetOf(which, place, givenIds);
  // The built-in generator costs nothing: what was typed for an endpoint waits until one is chosen again.
  const amount = provider === "endpoint" ? readAmount(ceiling) : null;
  const isCeilingWrong = amount === undefined;
  const ceilingMicros = amount ?? null;
  const making = { provider, ...look, variations, instructions, ceilingMicros, makeAnew, useAtOnce };
  const request: IconRequest | null = target && !isCeilingWrong ? { target, ...making } : null;
  const plan = useIconPlan(request);
  const told = plan?.kind === "told" ? plan.told : plan?.kind === "asking" ? plan.last : null;
  const fields = plan?.kind === "refused" ? plan.fields : {};

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    if (!request) return setError(isCeilingWrong ? "Enter the ceiling like 2.50." : "Choose a category.");
    startTransition(async () => {
      const result = await answerOf(requestIconsAction(request));
      if (!result.ok) return setError(result.error.message);
      router.push(`/icons/batches/${result.data.number}`);
    });
  }

  return (
    <form onSubmit={submit} className="grid max-w-4xl gap-6">
      <IconTargetFields
        which={which}
        place={place}
        given={givenIds.length > 0 ? givenWords : null}
        gaps={gaps}
        onWhich={setWhich}
        onPlace={setPlace}
      />
      <fieldset className="grid gap-3">
        <legend className="mb-3 w-full border-b pb-1.5 text-xs font-semibold text-muted">How they look</legend>
        <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
          <Field label="Made by" help={hasEndpoint ? undefined : "An admin can set up an image endpoint."}>
            {(control) => (
              <Select
                {...control}
                value={provider}
                // The options are the providers.
                onChange={(event) => setProvider(event.target.value as IconProvider)}
              >
                {ICON_PROVIDERS.map((one) => (
                  <option key={one} value={one} disabled={one === "endpoint" && !hasEndpoint}>
                    {PROVIDER_WORDS[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Variations of each" error={fields.variations}>
            {(control) => (
              <Select
                {...control}
                value={String(variations)}
                onChange={(event) => setVariations(Number(event.target.value))}
              >
                {[1, 2, 3, 4, 6, 8].map((count) => (
                  <option key={count} value={count}>
                    {count}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <IconLookFields look={look} onChange={setLook} errors={fields} />
        {provider === "endpoint" && (
          <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
            <Field label="Instructions" help="Words added to every prompt." error={fields.instructions}>
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  value={instructions}
                  onChange={(event) => setInstructions(event.target.value)}
                />
              )}
            </Field>
            <Field
              label={`Ceiling, ${currency}`}
              help="What the batch may cost. Empty: the month’s ceiling alone."
              error={isCeilingWrong ? "Enter an amount like 2.50." : fields.ceilingMicros}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  value={ceiling}
                  onChange={(event) => setCeiling(event.target.value)}
                />
              )}
            </Field>
          </div>
        )}
        {provider === "built-in" && told && told.samples.length > 0 && (
          <div className="grid gap-1.5">
            <h2 className="text-xs font-medium text-muted">Preview</h2>
            <IconPreview samples={told.samples} look={look} variations={variations} />
          </div>
        )}
        {provider === "endpoint" && told && <p className="text-muted">Asked for as: “{told.plan.samplePrompt}”</p>}
        <label className="flex items-center gap-2">
          <Checkbox checked={useAtOnce} onChange={(event) => setUseAtOnce(event.target.checked)} />
          Use at once: approve them, and show them where a category shows none
        </label>
        <label className="flex items-center gap-2">
          <Checkbox checked={makeAnew} onChange={(event) => setMakeAnew(event.target.checked)} />
          Make anew what was made before with the same words
        </label>
      </fieldset>
      <div className="grid gap-2 border-t pt-3">
        <div aria-live="polite" className={plan?.kind === "asking" ? "opacity-60" : undefined}>
          {told && <PlanWords plan={told.plan} />}
          {plan?.kind === "refused" && (
            <p className="text-muted">
              {plan.why}{" "}
              {which === "missing" && (
                <Link href="/icons/coverage" className="text-accent hover:underline">
                  See what each category shows
                </Link>
              )}
            </p>
          )}
          {!request && <p className="text-muted">Choose a category to see what would be made.</p>}
        </div>
        {error && (
          <p role="alert" className="text-red">
            {error}
          </p>
        )}
        <div>
          <Button type="submit" variant="primary" size="large" aria-disabled={isPending || plan?.kind === "refused"}>
            {isPending ? "Asking…" : told ? `Generate ${formatPlural(told.plan.pictures, "icon")}` : "Generate"}
          </Button>
        </div>
      </div>
    </form>
  );
}

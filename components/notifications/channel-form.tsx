"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { changeChannelAction, createChannelAction } from "@/app/(dashboard)/admin/notifications/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Checkbox, Input, Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import { useFirstError } from "@/components/ui/use-first-error";
import type { ChannelRow } from "@/lib/notifications/channels/queries";
import { NOTIFICATION_KIND_NAMES } from "@/lib/notifications/kinds";
import { DigestFields, digestDraftOf } from "./digest-fields";
import { KindsFieldset } from "./kinds-fieldset";
import { SecretOnce } from "./secret-once";

type Props = { channel: ChannelRow | null; onDone: () => void };

/** A new channel of the shop's, or a change of one. */
export function ChannelForm({ channel, onDone }: Props) {
  const router = useRouter();
  const [kind, setKind] = useState<"webhook" | "email">(channel?.kind ?? "webhook");
  const [isPaused, setPaused] = useState(channel?.isPaused ?? false);
  const [timing, setTiming] = useState(() => digestDraftOf(channel));
  const [kinds, setKinds] = useState(() => {
    const all = !channel || channel.kinds.length === 0;
    return NOTIFICATION_KIND_NAMES.filter((each) => all || channel.kinds.includes(each));
  });
  const [secret, setSecret] = useState<string | null>(null);
  const create = useAction(createChannelAction);
  const change = useAction(changeChannelAction);
  const error = create.error ?? change.error;
  const fields = Object.fromEntries(
    Object.entries(error?.fields ?? {}).map(([name, sentence]) => [name.replace(/^channel\./, ""), sentence]),
  );
  const form = useFirstError(fields);
  const isPending = create.isPending || change.isPending;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const input = {
      kind,
      name: String(given.get("name")),
      address: String(given.get("address")),
      kinds: kinds.length === NOTIFICATION_KIND_NAMES.length ? [] : kinds,
      ...timing,
    };
    const saved = (made: string | null) => {
      void showToast("Channel saved");
      router.refresh();
      if (made) setSecret(made);
      else onDone();
    };
    if (channel) {
      change.submit({ channelId: channel.id, version: channel.version, channel: input, isPaused }, () => saved(null));
    } else {
      create.submit(input, (data) => saved(data.secret));
    }
  }

  if (secret) return <SecretOnce secret={secret} onDone={onDone} />;
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-3">
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <Field label="Name" error={fields.name}>
          {(control) => <Input {...control} name="name" defaultValue={channel?.name} placeholder="Operations" />}
        </Field>
        <Field label="Kind">
          {(control) => (
            <Select
              {...control}
              value={kind}
              disabled={channel !== null}
              onChange={(event) => setKind(event.target.value === "email" ? "email" : "webhook")}
            >
              <option value="webhook">webhook</option>
              <option value="email">e-mail</option>
            </Select>
          )}
        </Field>
      </div>
      <Field
        label={kind === "webhook" ? "Address" : "E-mail address"}
        help={kind === "webhook" ? "JSON is posted there, signed with a secret that is shown once." : undefined}
        error={fields.address}
      >
        {(control) => (
          <Input
            {...control}
            name="address"
            type={kind === "webhook" ? "url" : "email"}
            defaultValue={channel?.address}
            placeholder={kind === "webhook" ? "https://example.com/hooks/stockroom" : "ops@example.com"}
            spellCheck={false}
          />
        )}
      </Field>
      <DigestFields draft={timing} onChange={(part) => setTiming((now) => ({ ...now, ...part }))} errors={fields} />
      <KindsFieldset isShop legend="Carries" chosen={kinds} onChange={setKinds} />
      {kinds.length === 0 && <p className="text-xs text-amber">Tick at least one kind, or pause the channel.</p>}
      {channel && (
        <div className="flex items-center gap-2">
          <Checkbox id="channel-paused" checked={isPaused} onChange={(event) => setPaused(event.target.checked)} />
          <label htmlFor="channel-paused">Paused: nothing new is sent through it</label>
        </div>
      )}
      {error && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" aria-disabled={isPending} disabled={kinds.length === 0}>
          {isPending ? "Saving…" : channel ? "Save channel" : "Make channel"}
        </Button>
      </div>
    </form>
  );
}

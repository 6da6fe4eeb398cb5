"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { saveMailServerAction, testMailServerAction } from "@/app/(dashboard)/admin/notifications/actions";
import { useAction } from "@/components/account/use-action";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { showToast } from "@/components/ui/toast";
import type { MailSettings } from "@/lib/notifications/channels/mail-settings";

const PORTS = { tls: 465, starttls: 587, none: 25 } as const;
type Security = keyof typeof PORTS;

/** The server that e-mail goes out through. What was saved of the password is its last four characters. */
export function MailServerForm({ settings, email }: { settings: MailSettings | null; email: string }) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [security, setSecurity] = useState<Security>(settings?.security ?? "starttls");
  const [port, setPort] = useState(settings?.port ?? PORTS.starttls);
  const save = useAction(saveMailServerAction);
  const test = useAction(testMailServerAction);
  const error = save.error ?? test.error;
  const fields = Object.fromEntries(
    Object.entries(error?.fields ?? {}).map(([name, sentence]) => [name.replace(/^settings\./, ""), sentence]),
  );

  function given() {
    const data = new FormData(form.current ?? undefined);
    const text = (name: string) => String(data.get(name) ?? "");
    const password = text("password");
    return {
      host: text("host"),
      port,
      security,
      user: text("user"),
      from: text("from"),
      fromName: text("fromName"),
      // A login without a user has no password: an empty field means "as saved" only where there is one.
      ...(password !== "" ? { password } : text("user") === "" ? { password: "" } : {}),
    };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save.submit({ settings: given(), revision: settings?.revision ?? null }, () => {
      void showToast("Mail server saved");
      router.refresh();
    });
  }

  function chooseSecurity(next: Security) {
    if (port === PORTS[security]) setPort(PORTS[next]);
    setSecurity(next);
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-2xl grid-cols-1 gap-3">
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-[minmax(0,1fr)_13rem_6rem]">
        <Field label="Server" error={fields.host}>
          {(control) => (
            <Input
              {...control}
              name="host"
              defaultValue={settings?.host}
              placeholder="smtp.example.com"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label="Encryption">
          {(control) => (
            <Select
              {...control}
              value={security}
              onChange={(event) => chooseSecurity(event.target.value as Security)} // the options are exactly these
            >
              <option value="starttls">STARTTLS</option>
              <option value="tls">TLS from the start</option>
              <option value="none">none: inside one network</option>
            </Select>
          )}
        </Field>
        <Field label="Port" error={fields.port}>
          {(control) => (
            <Input {...control} type="number" value={port} onChange={(event) => setPort(Number(event.target.value))} />
          )}
        </Field>
      </div>
      <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
        <Field label="User" help="Empty where the server asks for no login." error={fields.user}>
          {(control) => (
            <Input {...control} name="user" defaultValue={settings?.user} autoComplete="off" spellCheck={false} />
          )}
        </Field>
        <Field
          label="Password"
          help={
            settings?.password
              ? `Saved${settings.password.lastFour && ` (…${settings.password.lastFour})`}. Type to replace it.`
              : undefined
          }
          error={fields.password}
        >
          {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" />}
        </Field>
        <Field label="Sender's address" error={fields.from}>
          {(control) => (
            <Input
              {...control}
              name="from"
              type="email"
              defaultValue={settings?.from}
              placeholder="stockroom@example.com"
            />
          )}
        </Field>
        <Field label="Sender's name" error={fields.fromName}>
          {(control) => <Input {...control} name="fromName" defaultValue={settings?.fromName ?? "Stockroom"} />}
        </Field>
      </div>
      {error && (
        <p role="alert" className="text-xs text-red">
          {error.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={save.isPending}>
          {save.isPending ? "Saving…" : "Save mail server"}
        </Button>
        <Button
          aria-disabled={test.isPending}
          onClick={() => test.submit(given(), () => void showToast(`The server took a test for ${email}`))}
        >
          {test.isPending ? "Sending…" : `Send a test to ${email}`}
        </Button>
      </div>
    </form>
  );
}

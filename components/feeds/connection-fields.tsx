"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Checkbox, Input, Select, Textarea } from "@/components/ui/input";
import { type ConnectionDraft, usualPort } from "./connection-draft";

type Props = {
  draft: ConnectionDraft;
  onChange: (change: Partial<ConnectionDraft>) => void;
  errors: Record<string, string>;
  /** What a screen may show of the saved secrets, as `••••1234`. */
  saved: Partial<Record<"password" | "privateKey" | "passphrase", string | null>>;
};

const KINDS = {
  upload: "People upload files",
  folder: "A folder on this machine",
  ftp: "FTP, unencrypted",
  ftps: "FTPS (FTP over TLS)",
  sftp: "SFTP (over SSH)",
} as const satisfies Record<ConnectionDraft["type"], string>;

/** Where a feed comes from. */
export function ConnectionFields({ draft, onChange, errors, saved }: Props) {
  const text = (name: TextName, label: string, more: TextOptions = {}) => (
    <TextField name={name} label={label} draft={draft} onChange={onChange} error={errors[name]} {...more} />
  );
  // The list is exactly the kinds.
  const kinds = Object.entries(KINDS) as [ConnectionDraft["type"], string][];
  return (
    <div className="grid gap-3">
      <Field label="Comes from" error={errors.type} help={draft.type === "ftp" ? PLAIN_FTP : undefined}>
        {(control) => (
          <Select
            {...control}
            value={draft.type}
            onChange={(event) => onChange({ type: event.target.value as ConnectionDraft["type"], port: "" })}
            className="sm:max-w-80"
          >
            {kinds.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {draft.type === "folder" &&
        text("path", "Folder on this machine", {
          help: "Files in folders below it are read too. They stay where they are.",
          placeholder: "/data/etilize",
          isMono: true,
        })}
      {draft.type !== "upload" && draft.type !== "folder" && (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-[1fr_96px]">
            {text("host", "Server", { placeholder: "ftp.example.com", isMono: true })}
            {text("port", "Port", { placeholder: String(usualPort(draft)), isMono: true })}
          </div>
          {draft.type === "ftps" && (
            <Tick
              label="TLS from the first byte (implicit, usually port 990)"
              isOn={draft.isImplicit}
              onChange={(isImplicit) => onChange({ isImplicit })}
            />
          )}
          <div className="grid items-start gap-3 sm:grid-cols-2">
            {text("user", "User name", { isMono: true })}
            {draft.type === "sftp" && (
              <Field label="Log in with">
                {(control) => (
                  <Select
                    {...control}
                    value={draft.login}
                    onChange={(event) => onChange({ login: event.target.value === "key" ? "key" : "password" })}
                  >
                    <option value="password">a password</option>
                    <option value="key">a private key</option>
                  </Select>
                )}
              </Field>
            )}
            {!(draft.type === "sftp" && draft.login === "key") && (
              <SecretField label="Password" name="password" saved={saved.password} {...{ draft, onChange, errors }} />
            )}
          </div>
          {draft.type === "sftp" && draft.login === "key" && (
            <>
              <SecretField
                label="Private key"
                name="privateKey"
                saved={saved.privateKey}
                isLong
                {...{ draft, onChange, errors }}
              />
              <SecretField
                label="Passphrase of the key, if it has one"
                name="passphrase"
                saved={saved.passphrase}
                {...{ draft, onChange, errors }}
              />
            </>
          )}
          {text("folder", "Folder on the server", {
            help: "Empty: where the server puts this user.",
            placeholder: "/outgoing",
            isMono: true,
          })}
          <Tick
            label="Take files from folders below it too"
            isOn={draft.isDeep}
            onChange={(isDeep) => onChange({ isDeep })}
          />
        </>
      )}
      {draft.type !== "upload" && (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            {text("pattern", "File names", {
              help: "* stands for anything, commas part several. Empty: all.",
              placeholder: "*.zip, *.csv",
              isMono: true,
            })}
            <Field label="Take" help="The newest suits folders that keep each day's file.">
              {(control) => (
                <Select
                  {...control}
                  value={draft.take}
                  onChange={(event) => onChange({ take: event.target.value === "newest" ? "newest" : "all" })}
                >
                  <option value="all">all files that fit</option>
                  <option value="newest">the newest file that fits</option>
                </Select>
              )}
            </Field>
          </div>
          <details className="rounded-md border bg-panel px-3 py-2">
            <summary className="text-xs font-medium text-muted">When a file counts as whole</summary>
            <div className="mt-2 grid items-start gap-3 sm:grid-cols-3">
              {text("settleSeconds", "Unchanged for, seconds", { help: "Size and time must rest so long." })}
              {text("doneMarker", "Marker file", { help: "Nothing is taken before it is there.", isMono: true })}
              {draft.type !== "folder" &&
                text("timeoutSeconds", "Silence allowed, seconds", { help: "Then the line counts as broken." })}
            </div>
          </details>
        </>
      )}
    </div>
  );
}

const PLAIN_FTP =
  "Everything travels readable for anybody on the way, the password too. Ask the sender for FTPS or SFTP.";

type TextName = Exclude<
  { [Key in keyof ConnectionDraft]-?: ConnectionDraft[Key] extends string ? Key : never }[keyof ConnectionDraft],
  "type" | "take" | "login"
>;
type TextOptions = { help?: ReactNode; placeholder?: string; isMono?: boolean };

function TextField({
  name,
  label,
  draft,
  onChange,
  error,
  help,
  placeholder,
  isMono,
}: TextOptions & Pick<Props, "draft" | "onChange"> & { name: TextName; label: string; error?: string }) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <Input
          {...control}
          value={draft[name]}
          placeholder={placeholder}
          onChange={(event) => onChange({ [name]: event.target.value })}
          className={isMono ? "mono" : undefined}
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

type SecretProps = Pick<Props, "draft" | "onChange" | "errors"> & {
  name: "password" | "privateKey" | "passphrase";
  label: string;
  saved: string | null | undefined;
  isLong?: boolean;
};

/** A secret goes in and never comes back: what is saved stays unless something is typed. */
function SecretField({ name, label, saved, isLong, draft, onChange, errors }: SecretProps) {
  const Control = isLong ? Textarea : Input;
  const isKept = saved && draft[name] === undefined;
  return (
    <Field
      label={label}
      error={errors[name]}
      help={isKept ? `Saved${saved.length > 4 ? `, ends in ${saved}` : ""}. Type to replace it.` : undefined}
    >
      {(control) => (
        <Control
          {...control}
          {...(isLong ? {} : { type: "password" })}
          value={draft[name] ?? ""}
          placeholder={isKept ? saved : isLong ? "-----BEGIN OPENSSH PRIVATE KEY-----" : undefined}
          onChange={(event: { target: { value: string } }) => onChange({ [name]: event.target.value || undefined })}
          autoComplete="new-password"
          spellCheck={false}
          className="mono"
        />
      )}
    </Field>
  );
}

function Tick({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="flex items-center gap-2">
      <Checkbox checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

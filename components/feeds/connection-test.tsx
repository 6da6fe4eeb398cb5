"use client";

import { CircleAlert, CircleCheck, PlugZap } from "lucide-react";
import { useState, useTransition } from "react";
import { testConnectionAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { ConnectionTest as TestResult } from "@/lib/feeds/fetch/test-connection";
import { formatBytes, formatPlural } from "@/lib/format";
import { type ConnectionDraft, connectionErrors, inputOf } from "./connection-draft";

type Props = {
  sourceId: string | null;
  draft: ConnectionDraft;
  onChange: (change: Partial<ConnectionDraft>) => void;
  onErrors: (errors: Record<string, string>) => void;
};

/** Tries the connection as it stands in the form, and shows what a fetch would find. */
export function ConnectionTest({ sourceId, draft, onChange, onErrors }: Props) {
  const [result, setResult] = useState<TestResult>();
  const [isPending, startTransition] = useTransition();

  function test(change: Partial<ConnectionDraft> = {}) {
    if (isPending) return;
    const tried = { ...draft, ...change };
    if (Object.keys(change).length > 0) onChange(change);
    onErrors({});
    startTransition(async () => {
      const answer = await answerOf(testConnectionAction({ sourceId, connection: inputOf(tried) }));
      if (!answer.ok) {
        setResult(undefined);
        const errors = connectionErrors(answer.error.fields);
        return onErrors(Object.keys(errors).length > 0 ? errors : { form: answer.error.message });
      }
      setResult(answer.data);
      if (answer.data.hostKey && !tried.hostKey) onChange({ hostKey: answer.data.hostKey });
    });
  }

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => test()} aria-disabled={isPending}>
          <PlugZap aria-hidden />
          {isPending ? "Testing…" : "Test connection"}
        </Button>
        <span className="text-xs text-muted">
          {draft.type === "folder" ? "Looks into the folder" : "Logs in and looks"}; takes and changes nothing.
        </span>
      </div>
      {draft.type === "sftp" && draft.hostKey && (
        <Proof label="Host key" value={draft.hostKey} onForget={() => onChange({ hostKey: null })}>
          Another key is refused from now on.
        </Proof>
      )}
      {draft.type === "ftps" && draft.certificate && (
        <Proof
          label="Trusted certificate"
          value={`${draft.certificate.subject}, until ${draft.certificate.validTo}`}
          onForget={() => onChange({ certificate: null })}
        >
          <span className="mono break-all">{draft.certificate.fingerprint}</span>
        </Proof>
      )}
      {result && <Result result={result} onTrust={(certificate) => test({ certificate })} />}
    </div>
  );
}

function Proof({
  label,
  value,
  onForget,
  children,
}: {
  label: string;
  value: string;
  onForget: () => void;
  children: React.ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 text-xs">
      <span className="min-w-0 flex-1">
        <span className="text-muted">{label}</span> <span className="mono break-all">{value}</span>
        <span className="block text-muted">{children}</span>
      </span>
      <Button size="small" onClick={onForget}>
        Forget it
      </Button>
    </div>
  );
}

type ResultProps = { result: TestResult; onTrust: (certificate: NonNullable<TestResult["certificate"]>) => void };

function Result({ result, onTrust }: ResultProps) {
  const { isGood, message, files, count, certificate } = result;
  const Icon = isGood ? CircleCheck : CircleAlert;
  return (
    <section aria-label="What the test found" className="rounded-md border bg-panel">
      <p role={isGood ? "status" : "alert"} className={`flex gap-2 px-3 py-2 ${isGood ? "text-green" : "text-amber"}`}>
        <Icon aria-hidden className="mt-0.5 size-[15px] shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere]">{message}</span>
      </p>
      {certificate && (
        <div className="grid gap-2 border-t border-line-soft px-3 py-2">
          <p className="text-xs text-muted">
            It is made out to <b className="font-medium text-text">{certificate.subject}</b>, valid until{" "}
            {certificate.validTo}. Compare its fingerprint with the one the sender tells you:
          </p>
          <p className="mono text-xs break-all">{certificate.fingerprint}</p>
          <div>
            <Button onClick={() => onTrust(certificate)}>Trust this certificate</Button>
          </div>
        </div>
      )}
      {files.length > 0 && (
        <ul className="scroller max-h-56 border-t border-line-soft px-3 py-1.5">
          {files.map((file) => (
            <li key={file.name} className={`flex items-baseline gap-3 ${file.isTaken ? "" : "text-faint"}`}>
              <span className="mono min-w-0 flex-1 truncate" title={file.name}>
                {file.name}
              </span>
              <span className="text-xs">{file.isTaken ? "" : "left out"}</span>
              <span className="tabular w-20 shrink-0 text-right text-xs">{formatBytes(file.bytes)}</span>
              <span className="w-28 shrink-0 text-right text-xs max-sm:hidden">
                {file.modifiedAt && <Time at={file.modifiedAt} format="short" />}
              </span>
            </li>
          ))}
          {count > files.length && (
            <li className="text-xs text-faint">and {formatPlural(count - files.length, "more file")}</li>
          )}
        </ul>
      )}
    </section>
  );
}

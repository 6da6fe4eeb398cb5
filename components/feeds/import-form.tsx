"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { startImportAction } from "@/app/(dashboard)/feeds/actions";
import { answerOf } from "@/components/ui/answer-of";
import { FormEnd } from "@/components/ui/form-end";
import { Radio } from "@/components/ui/radio";
import { SwitchField } from "@/components/ui/switch-field";
import { showToast } from "@/components/ui/toast";
import type { FeedSourceRow } from "@/lib/feeds/queries";
import type { ImportInput } from "@/lib/feeds/start-import";
import { FolderField } from "./folder-field";
import { type SourceChoice, SourceFields } from "./source-fields";
import { UploadZone } from "./upload-zone";
import { useUploads } from "./use-uploads";

type Props = {
  sources: Pick<FeedSourceRow, "id" | "name" | "kind" | "connection">[];
  /** Chosen when the form opens. */
  sourceId: string | undefined;
  mayApprove: boolean;
};

/** Starts an import: which feed, which files, how careful. What was entered stays until it has started. */
export function ImportForm({ sources, sourceId, mayApprove }: Props) {
  const router = useRouter();
  const first = sources.find((source) => source.id === sourceId) ?? sources[0];
  const folder = first?.connection.type === "folder" ? first.connection.path : "";
  const [choice, setChoice] = useState<SourceChoice>({ sourceId: first?.id ?? "", name: "", kind: "etilize" });
  const [from, setFrom] = useState<"upload" | "folder">(folder ? "folder" : "upload");
  const [path, setPath] = useState(folder);
  const [isDryRun, setDryRun] = useState(false);
  const [isAutomatic, setAutomatic] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isPending, startTransition] = useTransition();
  const uploads = useUploads();

  function choose(next: SourceChoice) {
    setErrors({});
    setChoice(next);
    const source = sources.find((candidate) => candidate.id === next.sourceId);
    if (next.sourceId === choice.sourceId || !source) return;
    setFrom(source.connection.type === "folder" ? "folder" : "upload");
    if (source.connection.type === "folder") setPath(source.connection.path);
  }

  function addFiles(files: Iterable<File>) {
    setErrors({});
    uploads.add(files);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPending) return;
    const waiting = uploads.items.some((item) => item.state.is === "sending");
    if (from === "upload" && waiting) return setErrors({ files: "Wait until every file has arrived." });
    startTransition(async () => {
      const result = await answerOf(startImportAction(inputOf()));
      if (!result.ok) return setErrors(errorsOf(result.error));
      await showToast(`Run ${result.data.number} has started`);
      router.push(`/syncs/${result.data.number}`);
    });
  }

  function inputOf(): ImportInput {
    const uploadIds = uploads.items.flatMap((item) => (item.state.is === "done" ? item.state.uploadId : []));
    return {
      source: choice.sourceId
        ? { type: "known", id: choice.sourceId }
        : { type: "new", name: choice.name, kind: choice.kind },
      input: from === "upload" ? { type: "upload", uploadIds } : { type: "folder", path },
      dryRun: isDryRun,
      autoApprove: isAutomatic && !isDryRun,
    };
  }

  return (
    <form onSubmit={submit} noValidate className="grid max-w-3xl gap-4">
      <SourceFields sources={sources} choice={choice} onChange={choose} nameError={errors.name} />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-xs font-medium text-muted">Files</legend>
        <div className="flex gap-4">
          <Radio name="from" label="Upload them" isOn={from === "upload"} onChoose={() => setFrom("upload")} />
          <Radio
            name="from"
            label="They are in a folder on the server"
            isOn={from === "folder"}
            onChoose={() => setFrom("folder")}
          />
        </div>
        {from === "upload" ? (
          <UploadZone items={uploads.items} onAdd={addFiles} onRemove={uploads.remove} error={errors.files} />
        ) : (
          <FolderField path={path} onChange={setPath} error={errors.path} />
        )}
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-xs font-medium text-muted">How</legend>
        <SwitchField
          label="Dry run"
          help="Shows what would change and writes nothing."
          isOn={isDryRun}
          onChange={setDryRun}
        />
        {mayApprove && !isDryRun && (
          <SwitchField
            label="Apply without review"
            help="Changes go in as they are found. Unusual runs and unclear matches still wait for a person."
            isOn={isAutomatic}
            onChange={setAutomatic}
          />
        )}
      </fieldset>
      <FormEnd error={errors.form} isPending={isPending} pending="Starting…" size="large">
        {isDryRun ? "Start dry run" : "Start import"}
      </FormEnd>
    </form>
  );
}

function errorsOf(error: { message: string; fields?: Record<string, string> }): Record<string, string> {
  const fields = error.fields ?? {};
  const name = fields["source.name"] ?? fields.name;
  const files = fields["input.uploadIds"];
  const path = fields["input.path"];
  if (!name && !files && !path) return { form: error.message };
  return { ...(name && { name }), ...(files && { files }), ...(path && { path }) };
}

"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import {
  dryRunMappingAction,
  inspectFileAction,
  saveMappingAction,
} from "@/app/(dashboard)/feeds/[id]/mapping/actions";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { LeaveDialog } from "@/components/ui/leave-dialog";
import { showToast } from "@/components/ui/toast";
import type { FileDialect, MappedColumn, Mapping } from "@/lib/feeds/mapping";
import type { InspectedFile } from "@/lib/feeds/mapping/preview";
import { ColumnList } from "./column-list";
import { DialectForm } from "./dialect-form";
import { MappingSaveBar } from "./mapping-save-bar";
import { PreviewPanel } from "./preview-panel";
import { SourceRules } from "./source-rules";
import { DEFINITIONS_LIST, TYPES_LIST } from "./target-details";
import { usePreview } from "./use-preview";

type Props = {
  sourceId: string;
  /** 0: nothing is saved yet. */
  version: number;
  saved: Mapping;
  /** What an unsaved mapping begins with: a guess for a new list. */
  start: Mapping;
  isWhole: boolean;
  mayEdit: boolean;
  inspected: InspectedFile;
  /** `namespace.key` of what is defined, and the types there are. */
  definitions: string[];
  types: string[];
};

/** Where each column goes, with the real file's first rows beside. */
export function MappingEditor(props: Props) {
  const { sourceId, version, saved, start, isWhole, mayEdit, definitions, types } = props;
  const router = useRouter();
  const [draft, setDraft] = useState(start);
  const [inspected, setInspected] = useState(props.inspected);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const preview = usePreview(sourceId, draft);
  const byColumn = useMemo(() => new Map(draft.columns.map((column) => [column.column, column])), [draft.columns]);
  const isDirty = mayEdit && JSON.stringify(draft) !== JSON.stringify(saved);

  const setColumn = useCallback((mapped: MappedColumn) => {
    setDraft((now) => {
      const isKnown = now.columns.some(({ column }) => column === mapped.column);
      const columns = isKnown
        ? now.columns.map((one) => (one.column === mapped.column ? mapped : one))
        : [...now.columns, mapped];
      return { ...now, columns };
    });
  }, []);

  const save = useCallback(async () => {
    setSaving(true);
    setFailure(null);
    const answer = await answerOf(saveMappingAction({ sourceId, baseVersion: version, mapping: draft }));
    setSaving(false);
    if (!answer.ok) {
      const fields = Object.values(answer.error.fields ?? {});
      setFailure(fields.length > 0 ? fields.join(" ") : answer.error.message);
      return false;
    }
    router.refresh();
    void showToast(`Version ${answer.data.version} is in force for the next run`);
    return true;
  }, [sourceId, version, draft, router]);

  async function setDialect(dialect: FileDialect | null) {
    setDraft((now) => ({ ...now, dialect }));
    const answer = await answerOf(inspectFileAction({ sourceId, dialect }));
    if (answer.ok && answer.data) setInspected({ ...answer.data, dialect: inspected.dialect });
    else if (!answer.ok) void showToast(answer.error.message, { tone: "error" });
  }

  async function dryRun() {
    const answer = await answerOf(dryRunMappingAction({ sourceId }));
    if (!answer.ok) return void showToast(answer.error.message, { tone: "error" });
    const { number } = answer.data;
    void showToast(`Run ${number} shows what would change`, {
      action: { label: "Open", onClick: () => router.push(`/syncs/${number}`) },
    });
  }

  const discard = () => {
    setDraft(saved);
    setFailure(null);
  };
  return (
    <>
      {isDirty && (
        <MappingSaveBar version={version + 1} failure={failure} isSaving={isSaving} onSave={save} onDiscard={discard} />
      )}
      <LeaveDialog isDirty={isDirty} save={save} discard={discard} />
      {inspected.dialect && inspected.dialectWords && (
        <DialectForm
          found={inspected.dialect}
          words={inspected.dialectWords}
          said={draft.dialect}
          isWhole={isWhole}
          isDisabled={!mayEdit}
          onChange={setDialect}
        />
      )}
      <SourceRules
        sourceId={sourceId}
        mapping={draft}
        isWhole={isWhole}
        columns={inspected.columns}
        isDisabled={!mayEdit}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      {mayEdit && (
        <p className="flex flex-wrap items-center gap-2 px-4 pb-3 text-xs text-muted">
          <Button size="small" disabled={isDirty || version === 0} onClick={dryRun}>
            Show what would change
          </Button>
          {isDirty || version === 0
            ? "Save first: the preview run reads the whole file with the saved mapping."
            : "Reads the whole file and counts every change; nothing is applied."}
        </p>
      )}
      <div className="grid border-t xl:grid-cols-[minmax(0,1fr)_26rem]">
        <ColumnList
          columns={inspected.columns}
          byColumn={byColumn}
          keyColumn={draft.keyColumn}
          skuColumn={draft.skuColumn}
          isWhole={isWhole}
          isDisabled={!mayEdit}
          onChange={setColumn}
        />
        <div className="border-l max-xl:order-first max-xl:border-b max-xl:border-l-0 xl:sticky xl:top-10 xl:max-h-[calc(100dvh-6rem)] xl:self-start xl:overflow-y-auto">
          <PreviewPanel state={preview} />
        </div>
      </div>
      <datalist id={DEFINITIONS_LIST}>
        {definitions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={TYPES_LIST}>
        {types.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

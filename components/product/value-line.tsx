"use client";

import { EyeOff } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/lib/class-names";
import { ConflictCards } from "./conflict-cards";
import { useEditor } from "./editor";
import type { Line } from "./lines";
import { feedSaysOtherwise, SourceBadge } from "./source-badge";
import { Swatch, ValueControl } from "./value-control";

// Few values are held against a feed's. Those of a conflict are there at once: the first choice takes the focus.
const KeptCards = dynamic(() => import("./kept-cards").then((module) => module.KeptCards), { loading: () => null });

type Props = {
  line: Line;
  /** In the rail: label and source above the value. */
  isNarrow?: boolean;
  /** Instead of the plain text, when nobody types. */
  children?: ReactNode;
  /** At the end of the line. */
  action?: ReactNode;
};

/** Label, value or its control, and where the value came from. */
export function ValueLine({ line, isNarrow, children, action }: Props) {
  const { canEdit, state } = useEditor();
  const id = useId();
  const [isComparing, setComparing] = useState<boolean>();
  const conflict = state.conflicts[line.key];
  const isUnsaved = line.key in state.drafts;
  const { kept } = line.source;
  const isOpen = isComparing ?? feedSaysOtherwise(line.source);
  const isEmpty = line.stored === null || line.stored === "";
  // "Etilize gave nothing" is no news; that somebody emptied it is.
  const isSilent = isEmpty && kept === null && !isUnsaved;
  const canCompare = kept !== null && (kept.feedValue !== null || kept.keptOver !== null);
  const opens = canCompare && !isUnsaved;
  const badge = isSilent ? null : (
    <SourceBadge source={line.source} field={line.key} isUnsaved={isUnsaved} isPlain={opens} />
  );
  return (
    <div data-line={line.key} className="group/line @container relative border-b border-line-soft">
      <div
        className={cn(
          "grid min-h-[34px] items-center gap-x-3 py-px",
          isNarrow
            ? "grid-cols-[max-content_minmax(0,1fr)] py-1"
            : "grid-cols-[minmax(0,1fr)_auto] @xl:grid-cols-[minmax(120px,190px)_minmax(0,1fr)_auto]",
        )}
      >
        <Label line={line} id={canEdit && line.control !== "html" ? id : undefined} />
        <span
          className={cn(
            "flex items-center justify-end gap-1 text-right",
            !isNarrow && "@xl:col-start-3 @xl:row-start-1 @xl:max-w-[230px]",
          )}
        >
          {opens ? (
            <button
              type="button"
              // Where the value is from stands on paper, too.
              data-printed
              aria-expanded={isOpen}
              onClick={() => setComparing(!isOpen)}
              className="min-h-6 rounded-sm text-right hover:underline"
              title="Compare with the feed"
            >
              {badge}
            </button>
          ) : (
            badge
          )}
          {action}
        </span>
        <div className={cn("col-span-2 min-w-0", !isNarrow && "@xl:col-span-1 @xl:col-start-2 @xl:row-start-1")}>
          {children ?? (canEdit ? <Editable line={line} id={id} /> : <Shown line={line} />)}
        </div>
      </div>
      {line.note && <p className="pb-1 text-xs text-muted">{line.note}</p>}
      {conflict && <ConflictCards line={line} conflict={conflict} />}
      {!conflict && !isUnsaved && canCompare && isOpen && <KeptCards line={line} />}
    </div>
  );
}

function Label({ line, id }: { line: Line; id: string | undefined }) {
  const title = line.metafield ? `${line.metafield.namespace}.${line.metafield.key}` : undefined;
  const marks = (
    <>
      {line.isRequired && <span className="text-2xs text-faint"> required</span>}
      {line.isHidden && <EyeOff aria-label="hidden from the shop" className="ml-1 inline size-3 text-faint" />}
    </>
  );
  if (!id) {
    return (
      <span className="py-1 text-muted">
        {line.label}
        {marks}
      </span>
    );
  }
  return (
    <label htmlFor={id} title={title} className="py-1 break-words text-muted">
      {line.label}
      {marks}
    </label>
  );
}

/** A value's control, what was typed before what is stored, and its error in words. */
export function Editable({ line, id }: { line: Line; id: string }) {
  const { state, dispatch } = useEditor();
  const error = state.errors[line.key];
  const note = error ?? (line.key in state.drafts ? line.help : undefined);
  return (
    <div className="-ml-2">
      <ValueControl
        line={line}
        id={id}
        typed={state.drafts[line.key]?.typed ?? line.edit(line.stored)}
        onType={(typed) => dispatch({ kind: "type", line, typed })}
        isInvalid={error !== undefined}
        describedBy={note ? `${id}-note` : undefined}
      />
      {note && (
        <p
          id={`${id}-note`}
          role={error ? "alert" : undefined}
          className={cn("px-2 pb-1 text-xs", error ? "text-red" : "text-muted")}
        >
          {note}
        </p>
      )}
    </div>
  );
}

function Shown({ line }: { line: Line }) {
  const text = line.show(line.stored);
  if (text === "") return <span className="block py-1 text-faint">–</span>;
  if (line.control === "url") {
    return (
      <a href={text} target="_blank" rel="noopener noreferrer" className="block py-1 break-words text-accent underline">
        {text}
      </a>
    );
  }
  return (
    <span className="flex items-center gap-1.5 py-1 break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
      {line.control === "color" && <Swatch value={text} />}
      {text}
    </span>
  );
}

"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useEditor } from "./editor";
import { focusLine } from "./focus-line";
import { Editable, ValueLine } from "./value-line";

/** Supplier HTML: shown cleaned, edited as it stands. */
export function DescriptionLine() {
  const { product, lines, state, canEdit } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const line = lines.get("description");
  if (!line) return null;
  const isEmpty = product.descriptionHtml === "";
  const isEditing = canEdit && (isEmpty || isOpen || "description" in state.drafts);
  const edit = canEdit && !isEditing && (
    <Button
      variant="ghost"
      size="small"
      aria-label="Edit description"
      onClick={() => {
        setOpen(true);
        focusLine("description");
      }}
    >
      Edit
    </Button>
  );
  return (
    <ValueLine line={line} action={edit}>
      {isEditing ? (
        <>
          <label htmlFor={id} className="sr-only">
            Description, as HTML
          </label>
          <Editable line={line} id={id} />
        </>
      ) : (
        <div className="py-1">
          {isEmpty ? (
            <span className="text-faint">–</span>
          ) : (
            <div
              className="rich-text max-h-80 min-w-0 overflow-auto break-words [&_a]:text-accent [&_a]:underline [&_li]:ml-4 [&_li]:list-disc [&_p]:mb-2 [&_table]:my-2 [&_td]:border [&_td]:px-2 [&_th]:border [&_th]:px-2"
              // biome-ignore lint/security/noDangerouslySetInnerHtml: the server passed it through the allow-list of sanitise-html.ts
              dangerouslySetInnerHTML={{ __html: product.descriptionHtml }}
            />
          )}
        </div>
      )}
    </ValueLine>
  );
}

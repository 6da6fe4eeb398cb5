"use client";

import { X } from "lucide-react";
import { MetafieldFinder } from "@/components/catalog/metafield-finder";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { PRODUCT_FIELDS, type ProductField } from "@/lib/catalog/product-fields";
import { DEED_WORDS, type Deed, type Draft, deedsOf, withField } from "./draft";
import { DraftValue } from "./draft-value";

const GROUPS = [
  { label: "Facts", sections: ["facts", "codes"] },
  { label: "Price and stock", sections: ["price"] },
  { label: "State", sections: ["state"] },
  { label: "Size", sections: ["size"] },
  { label: "Search engines", sections: ["seo"] },
] as const;

type Props = {
  draft: Draft;
  /** Fields of the other lines: each is changed once. */
  taken: readonly string[];
  onChange: (draft: Draft) => void;
  /** Absent for the only line. */
  onRemove?: () => void;
};

/** Which field, what is done with it, and with what. */
export function DraftFields({ draft, taken, onChange, onRemove }: Props) {
  const isPicking = draft.field === "metafield" && !draft.definition;
  return (
    <div className="grid gap-2 rounded-md border bg-bg p-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Field"
          className="w-auto max-w-full min-w-36 flex-1"
          value={draft.field}
          // The options are the fields and "metafield".
          onChange={(event) => onChange(withField(draft, event.target.value as Draft["field"]))}
        >
          {GROUPS.map(({ label, sections }) => (
            <optgroup key={label} label={label}>
              {fieldsIn(sections).map(([name, info]) => (
                <option key={name} value={name} disabled={taken.includes(name)}>
                  {info.label}
                </option>
              ))}
            </optgroup>
          ))}
          <option value="metafield">{draft.definition ? draft.definition.name : "Metafield…"}</option>
        </Select>
        {!isPicking && (
          <Select
            aria-label="What to do"
            className="w-auto max-w-full min-w-36 flex-1"
            value={draft.deed}
            onChange={(event) => onChange({ ...draft, deed: event.target.value as Deed })}
          >
            {deedsOf(draft).map((deed) => (
              <option key={deed} value={deed}>
                {wordsOf(deed, draft)}
              </option>
            ))}
          </Select>
        )}
        {draft.definition && (
          <Button size="small" variant="ghost" onClick={() => onChange(withField(draft, "metafield"))}>
            Other metafield
          </Button>
        )}
        {onRemove && (
          <Button size="icon-small" variant="ghost" aria-label="Don't change this field" onClick={onRemove}>
            <X aria-hidden />
          </Button>
        )}
      </div>
      {isPicking ? (
        <MetafieldFinder without={taken} onPick={(choice) => onChange(withField(draft, "metafield", choice))} />
      ) : (
        <DraftValue draft={draft} onChange={onChange} />
      )}
    </div>
  );
}

function wordsOf(deed: Deed, { field }: Draft) {
  if (field === "categoryId" && deed === "set") return "Move to";
  if (field === "metafield" && deed === "clear") return "Remove";
  return DEED_WORDS[deed];
}

function fieldsIn(sections: readonly string[]) {
  const all = Object.entries(PRODUCT_FIELDS) as [ProductField, (typeof PRODUCT_FIELDS)[ProductField]][];
  return all.filter(([, info]) => sections.includes(info.section));
}

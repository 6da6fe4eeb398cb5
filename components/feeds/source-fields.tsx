"use client";

import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { FeedKind } from "@/prisma/generated/sqlite/enums";

/** "" stands for a new source. */
export interface SourceChoice {
  sourceId: string;
  name: string;
  kind: FeedKind;
}

type Props = {
  sources: { id: string; name: string; kind: FeedKind }[];
  choice: SourceChoice;
  onChange: (choice: SourceChoice) => void;
  nameError?: string;
};

/** Which feed this is: one already known, or a new one with its name and format. */
export function SourceFields({ sources, choice, onChange, nameError }: Props) {
  const known = sources.find((source) => source.id === choice.sourceId);
  const kind = known?.kind ?? choice.kind;
  // A list of three formats by their own names.
  const kinds = Object.keys(FEED_KINDS) as FeedKind[];
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      {sources.length > 0 && (
        <Field label="Feed" help={known ? FEED_KINDS[kind].label : "A new source is made with this import."}>
          {(control) => (
            <Select
              {...control}
              value={choice.sourceId}
              onChange={(event) => onChange({ ...choice, sourceId: event.target.value })}
            >
              {sources.map((source) => (
                <option key={source.id} value={source.id}>
                  {source.name}
                </option>
              ))}
              <option value="">A new feed…</option>
            </Select>
          )}
        </Field>
      )}
      {!known && (
        <>
          <Field label="Name" help="What people call it: the supplier, or the list." error={nameError} isRequired>
            {(control) => (
              <Input
                {...control}
                value={choice.name}
                onChange={(event) => onChange({ ...choice, name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Format" help={FEED_KINDS[kind].help}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                // The options are exactly the kinds.
                onChange={(event) => onChange({ ...choice, kind: event.target.value as FeedKind })}
              >
                {kinds.map((each) => (
                  <option key={each} value={each}>
                    {FEED_KINDS[each].label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </>
      )}
    </div>
  );
}

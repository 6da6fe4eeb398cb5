import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { isFigure, RULE_FIGURES, RULE_GROUPS } from "@/lib/sync/approval-rules/approval-rule";

/** A rule as it is typed: "" stands for any. */
export interface RuleDraft {
  name: string;
  sourceId: string;
  /** A field, a group, or `metafield` for the one named in `metafield`. */
  field: string;
  metafield: string;
  rise: string;
  fall: string;
}

type Props = {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  sources: { id: string; name: string }[];
  errors: Record<string, string>;
};

export function RuleFields({ draft, onChange, sources, errors }: Props) {
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Field label="Name" help="Stands on every change it lets pass." error={errors.name} isRequired>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={80}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Allows changes of" error={errors.field}>
          {(control) => (
            <Select {...control} value={draft.field} onChange={(event) => set({ field: event.target.value })}>
              <optgroup label="Figures">
                <Options of={RULE_FIGURES} />
              </optgroup>
              <optgroup label="Groups">
                <Options of={RULE_GROUPS} />
              </optgroup>
              <optgroup label="Single">
                <option value="metafield">One metafield</option>
                <option value="status">Status</option>
              </optgroup>
            </Select>
          )}
        </Field>
        <Field label="From" error={errors.sourceId}>
          {(control) => (
            <Select {...control} value={draft.sourceId} onChange={(event) => set({ sourceId: event.target.value })}>
              <option value="">Any feed</option>
              {sources.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {draft.field === "metafield" && (
        <Field label="Metafield" help="Namespace and key: custom.colour">
          {(control) => (
            <Input
              {...control}
              value={draft.metafield}
              className="mono"
              onChange={(event) => set({ metafield: event.target.value })}
            />
          )}
        </Field>
      )}
      {isFigure(draft.field) && (
        <div className="grid grid-cols-2 gap-3">
          <Percent
            label="Rises up to, %"
            error={errors.maxIncreasePercent}
            value={draft.rise}
            onChange={(rise) => set({ rise })}
          />
          <Percent
            label="Falls up to, %"
            error={errors.maxDecreasePercent}
            value={draft.fall}
            onChange={(fall) => set({ fall })}
          />
        </div>
      )}
    </>
  );
}

function Options({ of }: { of: Record<string, string> }) {
  return Object.entries(of).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

type PercentProps = { label: string; value: string; error?: string; onChange: (value: string) => void };

function Percent({ label, value, error, onChange }: PercentProps) {
  return (
    <Field label={label} help="Empty: any." error={error}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="tabular"
        />
      )}
    </Field>
  );
}

"use client";

import { Input, Select } from "@/components/ui/input";
import type { EmptyPolicy, MappedColumn, MappingTarget } from "@/lib/feeds/mapping";
import type { SampleColumn } from "@/lib/feeds/mapping/sample-columns";
import { defaultEmpty } from "@/lib/feeds/mapping/target-rules";
import { fieldLabel } from "@/lib/sync/field-words";
import { TargetDetails } from "./target-details";
import { optionOf, TARGET_GROUPS, targetOf } from "./target-options";

type Props = {
  column: SampleColumn;
  /** What else the source takes it for. */
  role: string | null;
  mapped: MappedColumn | undefined;
  /** Kind `csv`: nothing is taken by itself. */
  isWhole: boolean;
  isDisabled: boolean;
  onChange: (mapped: MappedColumn) => void;
};

const EMPTY_WORDS: Record<EmptyPolicy["policy"], string> = {
  ignore: "Leave as it is",
  clear: "Clear it",
  default: "Take a default",
};

/** One column of the file: what stands in it, where it goes, what an empty cell means. */
export function ColumnRow({ column, role, mapped, isWhole, isDisabled, onChange }: Props) {
  const untouched: MappingTarget = isWhole || column.group === "column" ? { to: "ignore" } : { to: "same" };
  const current: MappedColumn = mapped ?? { column: column.column, target: untouched };
  const { target, empty } = current;
  const label = column.group === "field" ? fieldLabel(column.label) : column.label;
  const policy = empty?.policy ?? defaultEmpty(target);
  const isTaken = target.to !== "ignore" && target.to !== "code";

  function setTarget(option: string) {
    onChange({ column: column.column, target: targetOf(option, column) });
  }

  function setPolicy(next: EmptyPolicy["policy"]) {
    const chosen: EmptyPolicy = next === "default" ? { policy: next, value: "" } : { policy: next };
    onChange({ ...current, empty: chosen });
  }

  return (
    <li className="grid gap-x-4 gap-y-1.5 border-line-soft px-4 py-2 not-last:border-b md:grid-cols-[minmax(0,5fr)_4rem_minmax(0,6fr)_minmax(0,4fr)]">
      <div className="min-w-0">
        <p className="truncate font-medium" title={label}>
          {label}
          {role && <span className="ml-2 text-xs font-normal text-accent">{role}</span>}
        </p>
        <p className="truncate text-xs text-muted" title={column.samples.join("\n")}>
          {column.samples.length > 0 ? column.samples.join(" · ") : "Empty in the rows looked at"}
        </p>
      </div>
      <Filled column={column} />
      <div className="grid content-start gap-1">
        <Select
          aria-label={`${label} goes to`}
          value={optionOf(target)}
          disabled={isDisabled}
          onChange={(event) => setTarget(event.target.value)}
        >
          {!isWhole && column.group !== "column" && (
            <option value="same">{column.metafield ? `As it is: ${column.metafield}` : `As it is: ${label}`}</option>
          )}
          <option value="ignore">Leave out</option>
          {target.to === "code" && !TARGET_GROUPS[1]?.options.some(({ value }) => value === optionOf(target)) && (
            <option value={optionOf(target)}>{`${target.type} code`}</option>
          )}
          {TARGET_GROUPS.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <TargetDetails
          label={label}
          target={target}
          list={current.list}
          isDisabled={isDisabled}
          onTarget={(next) => onChange({ ...current, target: next })}
          onList={(list) => onChange({ ...current, list })}
        />
      </div>
      {isTaken ? (
        <div className="grid content-start gap-1">
          <Select
            aria-label={`${label} when empty`}
            value={policy}
            disabled={isDisabled}
            onChange={(event) => setPolicy(event.target.value as EmptyPolicy["policy"])} // the options below
          >
            {Object.entries(EMPTY_WORDS)
              .filter(([value]) => target.to !== "same" || column.group === "field" || value !== "default")
              .map(([value, words]) => (
                <option key={value} value={value}>
                  {`Empty: ${words.toLowerCase()}`}
                </option>
              ))}
          </Select>
          {empty?.policy === "default" && (
            <Input
              aria-label={`${label} default`}
              placeholder="Default value"
              value={empty.value}
              disabled={isDisabled}
              onChange={(event) => onChange({ ...current, empty: { policy: "default", value: event.target.value } })}
            />
          )}
        </div>
      ) : (
        <span />
      )}
    </li>
  );
}

function Filled({ column: { filled, of } }: { column: SampleColumn }) {
  const percent = of === 0 ? 0 : Math.floor((100 * filled) / of);
  return (
    <p className="tabular text-xs text-muted md:pt-1 md:text-right" title={`${filled} of ${of} rows looked at`}>
      {percent} %<span className="md:hidden"> filled</span>
    </p>
  );
}

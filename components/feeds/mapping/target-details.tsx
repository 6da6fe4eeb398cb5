"use client";

import { Checkbox, Input, Select } from "@/components/ui/input";
import type { MappedColumn, MappingTarget } from "@/lib/feeds/mapping";
import { unitsOf } from "@/lib/feeds/mapping/units";

type Metafield = Extract<MappingTarget, { to: "metafield" }>;
type Props = {
  label: string;
  target: MappingTarget;
  list: MappedColumn["list"];
  isDisabled: boolean;
  onTarget: (target: MappingTarget) => void;
  onList: (list: MappedColumn["list"]) => void;
};

export const DEFINITIONS_LIST = "mapping-definitions";
export const TYPES_LIST = "mapping-types";

/** What a target needs besides its name. */
export function TargetDetails({ label, target, list, isDisabled, onTarget, onList }: Props) {
  switch (target.to) {
    case "field":
      if (unitsOf(target.field).length === 0) return null;
      return (
        <Select
          aria-label={`${label} unit`}
          value={target.unit ?? unitsOf(target.field)[0]}
          disabled={isDisabled}
          onChange={(event) => onTarget({ ...target, unit: event.target.value as "g" })} // one of the options
        >
          {unitsOf(target.field).map((unit) => (
            <option key={unit} value={unit}>{`in ${unit}`}</option>
          ))}
        </Select>
      );
    case "metafield":
      return (
        <MetafieldDetails
          label={label}
          target={target}
          list={list}
          isDisabled={isDisabled}
          onTarget={onTarget}
          onList={onList}
        />
      );
    case "code":
      return (
        <label className="flex items-center gap-1.5 text-xs text-muted">
          <Checkbox
            checked={target.matches}
            disabled={isDisabled}
            onChange={(event) => onTarget({ ...target, matches: event.target.checked })}
          />
          finds the product
        </label>
      );
    case "category":
      return (
        <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-1">
          <Select
            aria-label={`${label} category`}
            value={target.by}
            disabled={isDisabled}
            onChange={(event) => onTarget({ ...target, by: event.target.value as "create" })} // one of the options
          >
            <option value="create">path, made if missing</option>
            <option value="existing">one that exists</option>
          </Select>
          <Input
            aria-label={`${label} separator`}
            value={target.separator}
            maxLength={5}
            disabled={isDisabled}
            onChange={(event) => onTarget({ ...target, separator: event.target.value })}
          />
        </div>
      );
    case "image":
      return (
        <Input
          aria-label={`${label} separator`}
          placeholder="Separator, if a cell holds several"
          value={target.separator}
          maxLength={5}
          disabled={isDisabled}
          onChange={(event) => onTarget({ ...target, separator: event.target.value })}
        />
      );
    default:
      return null;
  }
}

function MetafieldDetails({ label, target, list, isDisabled, onTarget, onList }: Props & { target: Metafield }) {
  const isList = target.type.startsWith("list.");

  function setName(text: string) {
    const dot = text.indexOf(".");
    const [namespace, key] = dot < 0 ? ["custom", text] : [text.slice(0, dot), text.slice(dot + 1)];
    onTarget({ ...target, namespace, key });
  }

  return (
    <div className="grid grid-cols-2 gap-1">
      <Input
        aria-label={`${label} metafield`}
        className="mono"
        list={DEFINITIONS_LIST}
        value={`${target.namespace}.${target.key}`}
        disabled={isDisabled}
        onChange={(event) => setName(event.target.value)}
      />
      <Input
        aria-label={`${label} type`}
        className="mono"
        list={TYPES_LIST}
        value={target.type}
        disabled={isDisabled}
        onChange={(event) => onTarget({ ...target, type: event.target.value as Metafield["type"] })} // checked when saved
      />
      {isList && (
        <>
          <Input
            aria-label={`${label} separator`}
            placeholder="Separator"
            value={target.separator}
            maxLength={5}
            disabled={isDisabled}
            onChange={(event) => onTarget({ ...target, separator: event.target.value })}
          />
          <Select
            aria-label={`${label} list`}
            value={list ?? "replace"}
            disabled={isDisabled}
            onChange={(event) => onList(event.target.value as "replace")} // one of the options
          >
            <option value="replace">replaces the list</option>
            <option value="merge">adds to the list</option>
          </Select>
        </>
      )}
    </div>
  );
}

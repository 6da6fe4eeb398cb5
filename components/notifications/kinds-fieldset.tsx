"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/input";
import { NOTIFICATION_KIND_NAMES, NOTIFICATION_KINDS, type NotificationKind } from "@/lib/notifications/kinds";

type Props = {
  legend: string;
  chosen: readonly NotificationKind[];
  onChange: (chosen: NotificationKind[]) => void;
  withHelp?: boolean;
  /** A channel of the shop's carries everybody's. */
  isShop?: boolean;
};

/** Which kinds of notification, one tick each. */
export function KindsFieldset({ legend, chosen, onChange, withHelp = false, isShop = false }: Props) {
  const id = useId();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-xs font-medium text-muted">{legend}</legend>
      {NOTIFICATION_KIND_NAMES.map((kind) => {
        const { label, anyone, help } = NOTIFICATION_KINDS[kind];
        return (
          <div key={kind} className="flex items-start gap-2">
            <Checkbox
              id={`${id}-${kind}`}
              checked={chosen.includes(kind)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, kind] : chosen.filter((each) => each !== kind))
              }
              className="mt-0.5"
            />
            <label htmlFor={`${id}-${kind}`}>
              {isShop ? anyone : label}
              {withHelp && <span className="block text-xs text-muted">{help}</span>}
            </label>
          </div>
        );
      })}
    </fieldset>
  );
}

import type { HistoryEvent } from "@/lib/catalog/product-history";
import { formatPlural } from "@/lib/format";

/** An event in a few words, after the name of who did it: `changed Price 1.00 → 2.00`. */
export function eventWords({ what, lines }: HistoryEvent): string {
  if (what === "created") return "created it";
  if (what === "deleted") return "deleted it for good";
  if (what === "restored") return "restored it, deleted before";
  const [only] = lines;
  const verb = what === "undone" ? "changed, since undone," : what;
  if (lines.length === 1 && only) {
    if (what === "changed" && only.after === null) return `removed ${only.label}`;
    const picture = only.field.startsWith("image:") && only.label.replace("Picture", "picture");
    if (picture && what === "changed" && only.before === null) return `added ${picture}`;
    const isShort = (only.before ?? "").length + (only.after ?? "").length < 40;
    if (what === "changed" && only.before === null) return `set ${only.label}${isShort ? ` to ${only.after}` : ""}`;
    return `${verb} ${only.label}${isShort ? ` ${only.before ?? "nothing"} → ${only.after ?? "nothing"}` : ""}`;
  }
  return `${verb} ${formatPlural(lines.length, "field")}`;
}

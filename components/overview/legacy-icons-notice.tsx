import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { formatPlural } from "@/lib/format";
import type { WaitingLegacyIcons } from "@/lib/icons/legacy/list-imports";

/** Says that icons of an earlier system were taken over and some of them wait for a person. */
export function LegacyIconsNotice({ unassigned, missing }: WaitingLegacyIcons) {
  const parts = [
    unassigned > 0 && `${formatPlural(unassigned, "icon")} without a category`,
    missing > 0 && `${formatPlural(missing, "icon")} without a file`,
  ].filter(Boolean);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-y bg-accent-soft px-4 py-2">
      <p className="min-w-0 flex-1 basis-72">Icons were taken over from an earlier system: {parts.join(" and ")}.</p>
      <Link href="/icons/import" className={buttonClass()}>
        Look at them
      </Link>
    </div>
  );
}

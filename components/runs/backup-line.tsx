import { Time } from "@/components/ui/time";
import { formatBytes, formatPlural } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";

/** The backup that a deletion rests on: where it lies and since when it is known to be whole. */
export function BackupLine({ backup }: { backup: NonNullable<RunDetail["backup"]> }) {
  return (
    <p className="tabular px-4 pb-3 text-xs text-muted">
      Backup of {formatPlural(backup.products, "product")} verified{" "}
      <Time at={new Date(backup.verifiedAt)} format="short" /> · <span className="mono break-all">{backup.file}</span> ·{" "}
      {formatBytes(backup.bytes)} · SHA-256{" "}
      <span className="mono" title={backup.sha256}>
        {backup.sha256.slice(0, 12)}…
      </span>
    </p>
  );
}

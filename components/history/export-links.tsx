import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { hrefWith } from "@/lib/href";

type Props = {
  /** Where the file comes from. */
  path: string;
  /** What of it. */
  query?: Record<string, string | number | boolean | null | undefined>;
  /** What is in it, for screen readers. */
  label: string;
};

/** A list as a file, as CSV or JSON. */
export function ExportLinks({ path, query = {}, label }: Props) {
  return (
    // File downloads: the router has no business here.
    <span className="inline-flex">
      <a
        href={hrefWith(path, { ...query, format: "csv" })}
        download
        title={`CSV of ${label}`}
        className={buttonClass({}, "rounded-r-none")}
      >
        <Download aria-hidden />
        CSV<span className="sr-only"> of {label}</span>
      </a>
      <a
        href={hrefWith(path, { ...query, format: "json" })}
        download
        title={`JSON of ${label}`}
        className={buttonClass({}, "-ml-px rounded-l-none")}
      >
        JSON<span className="sr-only"> of {label}</span>
      </a>
    </span>
  );
}

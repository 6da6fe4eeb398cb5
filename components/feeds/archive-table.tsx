import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { SourceHistory } from "@/lib/feeds/source-overview";
import { formatBytes } from "@/lib/format";

type Props = { files: SourceHistory["files"]; mayDownload: boolean };

/** The files a source sent, as received. */
export function ArchiveTable({ files, mayDownload }: Props) {
  return (
    <table className="ledger" aria-label="Received files">
      <colgroup>
        <col />
        <col style={{ width: "100px" }} />
        <col style={{ width: "150px" }} />
        <col style={{ width: "150px" }} />
        <col style={{ width: "130px" }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" className="num">
            Size
          </th>
          <th scope="col">SHA-256</th>
          <th scope="col">First received</th>
          <th scope="col">
            <span className="sr-only">Download</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.id}>
            <td data-phone="title" className="mono" title={file.name}>
              {file.name}
            </td>
            <td data-phone="below" className="num text-muted max-sm:text-left!">
              {formatBytes(file.bytes)}
            </td>
            <td className="mono text-muted" title={file.hash}>
              {file.hash.slice(0, 12)}
            </td>
            <td data-phone="below-right" className="text-muted">
              <Time at={file.createdAt} format="short" />
            </td>
            <td data-phone="right" className="num">
              {file.prunedAt ? (
                <span className="text-faint">no longer kept</span>
              ) : (
                mayDownload && (
                  // A file download: the router has no business here.
                  <a
                    href={`/api/feeds/files/${file.id}`}
                    download
                    aria-label={`Download ${file.name}`}
                    className={buttonClass({ size: "small" })}
                  >
                    <Download aria-hidden />
                    Download
                  </a>
                )
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

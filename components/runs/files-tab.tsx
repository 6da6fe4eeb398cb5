import { CircleAlert, CircleCheck, Download } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { ScrollArea } from "@/components/ui/scroll-area";
import { formatBytes, formatCount } from "@/lib/format";
import type { RunDetail } from "@/lib/sync/queries";
import { fileBalance } from "@/lib/sync/run-words";

/** The files a run read; the rows of each add up. */
export function FilesTab({ run, mayDownload }: { run: RunDetail; mayDownload: boolean }) {
  if (run.files.length === 0) {
    const isOver = run.completedAt !== null;
    return (
      <EmptyState title={isOver ? "No file was read" : "No file read to its end yet"}>
        {run.sameAsRun
          ? `These were the files of run ${run.sameAsRun}, byte for byte, so they were not read again.`
          : isOver
            ? "The run ended before its files could be read."
            : "Files appear here with their counts once the feed is read."}
      </EmptyState>
    );
  }
  return (
    <ScrollArea label="Files">
      <table className="ledger" aria-label="Files">
        <colgroup>
          <col />
          <col style={{ width: "92px" }} />
          <col style={{ width: "110px" }} />
          <col style={{ width: "130px" }} />
          {NUMBERS.map((column) => (
            <col key={column.label} style={{ width: "96px" }} />
          ))}
          <col style={{ width: "44px" }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">Encoding</th>
            <th scope="col">SHA-256</th>
            {NUMBERS.map((column) => (
              <th key={column.label} scope="col" className="num">
                {column.label}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">Adds up</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {run.files.map((file) => (
            <FileRow key={file.id} file={file} mayDownload={mayDownload} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

type RunFile = RunDetail["files"][number];

const NUMBERS: { label: string; of: (file: RunFile) => number }[] = [
  { label: "Rows read", of: (file) => file.rowsRead },
  { label: "Staged", of: (file) => file.rowsStaged },
  { label: "Unchanged", of: (file) => file.rowsUnchanged },
  { label: "Repeated", of: (file) => file.rowsRepeated },
  { label: "Rejected", of: (file) => file.rowsRejected },
];

function FileRow({ file, mayDownload }: { file: RunFile; mayDownload: boolean }) {
  const { isBalanced, words } = fileBalance(file);
  const Icon = isBalanced ? CircleCheck : CircleAlert;
  return (
    <tr>
      <td
        data-phone="title"
        className="max-sm:whitespace-normal! max-sm:break-words"
        title={file.feedFile ? `out of ${file.feedFile.name}` : file.name}
      >
        <span className="mono">{file.name}</span>
        {file.feedFile && file.feedFile.name !== file.name && (
          <span className="text-xs text-faint max-sm:[overflow-wrap:anywhere]"> in {file.feedFile.name}</span>
        )}
        {mayDownload && file.feedFile && !file.feedFile.prunedAt && (
          // A file download: the router has no business here.
          <a
            href={`/api/feeds/files/${file.feedFile.id}`}
            download
            aria-label={`Download ${file.feedFile.name} as received`}
            title="Download as received"
            className="ml-2 inline-block align-middle text-muted hover:text-text"
          >
            <Download aria-hidden className="size-[15px]" />
          </a>
        )}
      </td>
      <td data-phone="below" className="num text-muted max-sm:text-left!">
        {formatBytes(file.bytes)}
      </td>
      <td className="mono text-muted">{file.encoding}</td>
      <td className="mono text-muted" title={file.hash ?? undefined}>
        {file.hash?.slice(0, 12)}
      </td>
      {NUMBERS.map((column, index) => (
        <td key={column.label} className="num" data-phone={index === 0 ? "below-right" : undefined}>
          {formatCount(column.of(file))}
          {index === 0 && <span className="text-muted sm:hidden"> {column.of(file) === 1 ? "row" : "rows"}</span>}
        </td>
      ))}
      <td data-phone="right" title={words} className={isBalanced ? "text-green" : "text-red"}>
        <Icon aria-hidden className="ml-auto size-[15px]" />
        <span className="sr-only">{words}</span>
      </td>
    </tr>
  );
}

import Link from "next/link";
import { RunStatus } from "@/components/runs/run-status";
import { buttonClass } from "@/components/ui/button";
import { Badge } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { FEED_KINDS } from "@/lib/feeds/kind-words";
import type { FeedSourceRow } from "@/lib/feeds/queries";
import { formatCount } from "@/lib/format";

type Props = { sources: FeedSourceRow[]; mayRun: boolean };

export function SourcesTable({ sources, mayRun }: Props) {
  return (
    <table className="ledger" aria-label="Feeds">
      <colgroup>
        <col />
        <col style={{ width: "130px" }} />
        <col style={{ width: "26%" }} />
        <col style={{ width: "100px" }} />
        <col style={{ width: "210px" }} />
        <col style={{ width: "104px" }} />
        {mayRun && <col style={{ width: "92px" }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col">Format</th>
          <th scope="col">Comes from</th>
          <th scope="col" className="num">
            Products
          </th>
          <th scope="col">Last run</th>
          <th scope="col">When</th>
          {mayRun && (
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} mayRun={mayRun} />
        ))}
      </tbody>
    </table>
  );
}

function SourceRow({ source, mayRun }: { source: FeedSourceRow; mayRun: boolean }) {
  const { lastRun, connection } = source;
  return (
    <tr>
      <td data-phone="title" className="font-medium">
        <Link href={`/syncs?source=${source.id}`} className="hover:underline">
          {source.name}
        </Link>{" "}
        {source.isSample && <Badge>sample</Badge>}
      </td>
      <td className="text-muted">{FEED_KINDS[source.kind].label}</td>
      <td className="text-muted" title={connection.type === "folder" ? connection.path : undefined}>
        {connection.type === "folder" ? <span className="mono">{connection.path}</span> : "uploads"}
      </td>
      <td className="num" data-phone="below-right">
        {formatCount(source.products)}
      </td>
      <td data-phone="below">
        {lastRun ? (
          <span className="flex items-center gap-2">
            <Link href={`/syncs/${lastRun.number}`} className="tabular text-accent hover:underline">
              Run {lastRun.number}
            </Link>
            <RunStatus run={lastRun} />
          </span>
        ) : (
          <span className="text-muted">never ran</span>
        )}
      </td>
      <td className="text-muted">{lastRun && <Time at={lastRun.createdAt} />}</td>
      {mayRun && (
        <td data-phone="right" className="num">
          <Link
            href={`/feeds?source=${source.id}#import`}
            aria-label={`Import ${source.name}`}
            className={buttonClass({ size: "small" })}
          >
            Import
          </Link>
        </td>
      )}
    </tr>
  );
}

import Link from "next/link";
import { LedgerBody } from "@/components/data-table/ledger-body";
import { ValueDiff } from "@/components/diff/value-diff";
import { Badge, StatusDot } from "@/components/ui/status";
import { cn } from "@/lib/class-names";
import { formatCount } from "@/lib/format";
import type { FieldChange } from "@/lib/sync/change";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import type { ChangeRow } from "@/lib/sync/run-changes";
import { CHANGE_KIND_WORDS, CHANGE_STATE_WORDS, isHeldKind } from "@/lib/sync/run-words";
import { FeedPlace } from "./feed-place";
import { ReviewTick, ReviewTickPage } from "./review-tick";

type Props = {
  changes: ChangeRow[];
  /** Of a feed: file and line; what a person changed stands in none. */
  showPlace: boolean;
  /** Told per change where they differ; else the run's head says it. */
  showState: boolean;
  /** Rows that wait can be ticked: they stand within a ReviewSelection. */
  canTick: boolean;
  /** The address that shows all fields of a change. */
  openHref: (changeId: number) => string;
};

/** Changes, one line per field: what, before → after, where it stands in the feed. */
export function ChangesTable({ changes, showPlace, showState, canTick, openHref }: Props) {
  return (
    <table className="ledger [&_td]:py-1.5 [&_td]:align-top" aria-label="Changes">
      <colgroup>
        {canTick && <col style={{ width: "34px" }} />}
        <col style={{ width: "128px" }} />
        <col style={{ width: "26%" }} />
        <col style={{ width: "140px" }} />
        <col />
        {showPlace && <col style={{ width: "190px" }} />}
        {showState && <col style={{ width: "124px" }} />}
      </colgroup>
      <thead>
        <tr>
          {canTick && (
            <th scope="col">
              <ReviewTickPage />
            </th>
          )}
          <th scope="col">SKU</th>
          <th scope="col">Name</th>
          <th scope="col">Field</th>
          <th scope="col">Before → after</th>
          {showPlace && <th scope="col">Where from</th>}
          {showState && <th scope="col">State</th>}
        </tr>
      </thead>
      {canTick ? (
        changes.map((change) => (
          // A body for each: ticked, all lines of a change stand out.
          <tbody key={change.id} className="has-[[data-row-tick]:checked]:bg-accent-soft">
            <ChangeRows change={change} showPlace={showPlace} showState={showState} canTick openHref={openHref} />
          </tbody>
        ))
      ) : (
        <LedgerBody>
          {changes.map((change) => (
            <ChangeRows
              key={change.id}
              change={change}
              showPlace={showPlace}
              showState={showState}
              canTick={false}
              openHref={openHref}
            />
          ))}
        </LedgerBody>
      )}
    </table>
  );
}

function ChangeRows({
  change,
  showPlace,
  showState,
  canTick,
  openHref,
}: Omit<Props, "changes"> & { change: ChangeRow }) {
  const lines = change.lines.length > 0 ? change.lines : [null];
  const state = CHANGE_STATE_WORDS[change.state];
  return lines.map((line, index) => {
    const isFirst = index === 0;
    const isLast = index === lines.length - 1;
    return (
      <tr
        key={line ? `${change.id}-${line.field}` : change.id}
        className={cn(
          !isLast && "max-sm:border-b-0! max-sm:pb-0! [&_td]:border-transparent",
          !isFirst && "max-sm:pt-0!",
          !isFirst && canTick && isTickable(change) && "max-sm:pl-[26px]!",
        )}
      >
        {canTick && (
          <td data-phone={isFirst && isTickable(change) ? "lead" : undefined} className="max-sm:self-start!">
            {isFirst && isTickable(change) && <ReviewTick id={change.id} label={change.label} />}
          </td>
        )}
        <td className="mono" title={change.externalKey}>
          {isFirst && change.label}
        </td>
        <td data-phone={isFirst ? "title" : undefined} className="whitespace-normal!">
          {isFirst && <ChangeName change={change} />}
          {isFirst && change.entity === "product" && (
            <span className="mono block text-muted sm:hidden">{change.label}</span>
          )}
        </td>
        <td className="text-muted whitespace-normal!">{line && fieldLabel(line.field)}</td>
        <td data-phone="below" className="whitespace-normal!">
          {line && <Line line={line} />}
          {isLast && change.linesLeft > 0 && (
            <Link href={openHref(change.id)} scroll={false} className="mt-1 block text-xs text-accent hover:underline">
              {formatCount(change.linesLeft)} more {change.linesLeft === 1 ? "field" : "fields"}
            </Link>
          )}
          {isLast && change.reason && (
            <p className={change.answer === "returned" ? "mt-1 text-xs text-amber" : "mt-1 text-xs text-muted"}>
              {change.reason}
            </p>
          )}
          {isLast && change.rule && (
            <p className="mt-1 text-xs text-muted">
              {change.state === "staged" ? "Would be applied by rule:" : "Allowed by rule:"}{" "}
              <Link href="/feeds/rules" prefetch={false} className="above-link underline">
                {change.rule}
              </Link>
            </p>
          )}
          {isLast && answerWords(change) && <p className="mt-1 text-xs text-muted">{answerWords(change)}</p>}
        </td>
        {showPlace && <td className="text-faint">{place(change, line)}</td>}
        {showState && (
          <td data-phone={isFirst ? "right" : undefined}>
            {isFirst && <StatusDot tone={state.tone}>{state.words}</StatusDot>}
          </td>
        )}
      </tr>
    );
  });
}

function ChangeName({ change }: { change: ChangeRow }) {
  const name = change.name || change.label;
  const isThere = change.entityId !== null && (change.action !== "create" || change.state === "applied");
  const isCategory = change.entity === "category" && change.state === "applied" && change.action !== "delete";
  return (
    <>
      {isThere && change.entity === "product" ? (
        <Link href={`/products/${change.entityId}`} className="row-link">
          {name}
        </Link>
      ) : isThere && isCategory ? (
        <Link href={`/categories/${change.entityId}`} className="row-link">
          {name}
        </Link>
      ) : (
        name
      )}{" "}
      {change.kind !== "changed" && <Badge tone={toneOf(change)}>{CHANGE_KIND_WORDS[change.kind]}</Badge>}
    </>
  );
}

/** Rows that wait and whose product is known. */
export function isTickable({ state, kind }: Pick<ChangeRow, "state" | "kind">) {
  return state === "staged" && !isHeldKind(kind);
}

function answerWords({ answer, answeredBy, state }: ChangeRow): string | null {
  if (!answer || !answeredBy || state === "staged") return null;
  return `${answer.charAt(0).toUpperCase()}${answer.slice(1)} (${answeredBy})`;
}

function toneOf({ kind }: ChangeRow) {
  if (kind === "new" || kind === "returned") return "green";
  if (kind === "moved") return "blue";
  return "amber";
}

function Line({ line }: { line: FieldChange }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-2">
      <span className="text-xs text-muted sm:hidden">{fieldLabel(line.field)}</span>
      <ValueDiff
        before={fieldValue(line.field, line.before, line.type)}
        after={fieldValue(line.field, line.after, line.type)}
      />
      {line.keeping && (
        <Badge tone="amber">{line.keeping === "keep" ? "kept against feeds" : "given back to the feed"}</Badge>
      )}
      {line.kept && (
        <span title="A person keeps this value: the feed's is shown and not applied.">
          <Badge tone="amber">kept by a person</Badge>
        </span>
      )}
    </span>
  );
}

function place(change: ChangeRow, line: FieldChange | null) {
  const file = line?.file ?? change.file;
  return file && <FeedPlace file={file} line={line?.line ?? change.line} />;
}

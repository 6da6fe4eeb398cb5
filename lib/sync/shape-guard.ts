import { SHAPE_ROWS_AT_LEAST } from "@/lib/feeds/judged-from";
import { type FeedPolicies, SHAPE_SHARE_AT_LEAST } from "@/lib/feeds/policies";
import type { FeedProfile, FieldProfile, ShapeExtremes } from "./feed-profile";
import { fieldLabel } from "./field-words";

const KINDS = ["number", "Yes or No", "text"] as const;
/** So many fields of one kind of finding are told one by one; of the others, how many there are. */
const TOLD = 20;

interface Finding {
  field: string;
  /** How far beyond the usual it is, to tell the worst first. */
  by: number;
  text: string;
}

/** How the shape of a feed differs from the last good run's beyond the limits, in words, the worst first. */
export function shapeReasons(now: FeedProfile, last: FeedProfile | null, policies: FeedPolicies): string[] {
  const { maxCoverageDrop, maxKindDrift, maxNewFieldShare } = policies;
  const shape = compareShapes(now, last);
  const gone = shape.falls.flatMap(({ field, was, is }): Finding[] =>
    is === 0
      ? [{ field, by: was, text: `${nameOf(field)} is gone: ${percent(was)} of the rows had it last time.` }]
      : [],
  );
  const emptier = shape.falls.flatMap(({ field, was, is }): Finding[] => {
    if (is === 0 || !exceeds(was - is, maxCoverageDrop)) return [];
    const text = `${nameOf(field)} is filled in ${percent(is)} of rows, ${percent(was)} last time; the limit is a fall of ${points(maxCoverageDrop)}.`;
    return [{ field, by: was - is, text }];
  });
  const drifted = shape.drifts.flatMap(({ field, kind, was, is }): Finding[] => {
    if (!exceeds(was - is, maxKindDrift)) return [];
    const text = `${nameOf(field)} was ${kind} in ${percent(was)} of its values and is in ${percent(is)} now; the limit is a fall of ${points(maxKindDrift)}.`;
    return [{ field, by: was - is, text }];
  });
  const appeared = shape.news.flatMap(({ field, is }): Finding[] => {
    if (!exceeds(is, maxNewFieldShare)) return [];
    const text = `${nameOf(field)} is new and filled in ${percent(is)} of rows; the limit is ${percent(maxNewFieldShare)}.`;
    return [{ field, by: is, text }];
  });
  return [gone, emptier, drifted, appeared].flatMap(told);
}

/** The greatest differences in shape, each with its field; null where there is none or nothing to compare with. */
export function shapeExtremes(now: FeedProfile, last: FeedProfile | null): ShapeExtremes {
  const { falls, drifts, news } = compareShapes(now, last);
  const greatest = (found: { field: string; was: number; is: number }[]) => {
    const [worst] = found
      .map(({ field, was, is }) => ({ field: nameOf(field), by: Math.abs(was - is) }))
      .sort((a, b) => b.by - a.by);
    return worst && worst.by > 0 ? worst : null;
  };
  return { fall: greatest(falls), drift: greatest(drifts), newField: greatest(news) };
}

/** What is less filled than it was, of other kinds than it was, or was not there. */
function compareShapes(now: FeedProfile, last: FeedProfile | null) {
  const falls: { field: string; was: number; is: number }[] = [];
  const drifts: { field: string; kind: string; was: number; is: number }[] = [];
  if (!last || Math.min(now.rows, last.rows) < SHAPE_ROWS_AT_LEAST) return { falls, drifts, news: [] };
  for (const [field, before] of Object.entries(last.fields)) {
    const was = before[0] / last.rows;
    if (was < SHAPE_SHARE_AT_LEAST) continue;
    const after = now.fields[field];
    const is = (after?.[0] ?? 0) / now.rows;
    if (is < was) falls.push({ field, was, is });
    const drift = after && after[0] > 0 ? driftOf(before, after) : null;
    if (drift && drift.is < drift.was) drifts.push({ field, ...drift });
  }
  const news = Object.entries(now.fields).flatMap(([field, [filled]]) =>
    (last.fields[field]?.[0] ?? 0) > 0 || filled === 0 ? [] : [{ field, was: 0, is: filled / now.rows }],
  );
  return { falls, drifts, news };
}

/** The fall of the kind that most values had; null where nobody looked at values. */
function driftOf(before: FieldProfile, after: FieldProfile) {
  const sum = ([, ...kinds]: FieldProfile) => kinds.reduce((total, n) => total + n, 0);
  const [sumBefore, sumAfter] = [sum(before), sum(after)];
  if (sumBefore < SHAPE_ROWS_AT_LEAST || sumAfter < SHAPE_ROWS_AT_LEAST) return null;
  const kinds = before.slice(1);
  const most = kinds.indexOf(Math.max(...kinds));
  return {
    kind: KINDS[most] === "number" ? "a number" : (KINDS[most] ?? "text"),
    was: (kinds[most] ?? 0) / sumBefore,
    is: (after[most + 1] ?? 0) / sumAfter,
  };
}

function told(findings: Finding[]) {
  const worstFirst = findings.sort((a, b) => b.by - a.by || a.field.localeCompare(b.field));
  const texts = worstFirst.slice(0, TOLD).map((finding) => finding.text);
  const rest = worstFirst.slice(TOLD);
  if (rest.length > 0) {
    const names = rest.slice(0, TOLD).map((finding) => nameOf(finding.field));
    const more = rest.length > TOLD ? " …" : "";
    texts.push(`The same is true of ${rest.length.toLocaleString("en-US")} more: ${names.join(", ")}${more}.`);
  }
  return texts;
}

/** A share greater than a limit, to a hundredth of a percent: 20.00 points are within a limit of 20. */
function exceeds(share: number, limit: number) {
  return Math.round(share * 10_000) > Math.round(limit * 10_000);
}

function nameOf(field: string) {
  const label = fieldLabel(field);
  return field.startsWith("metafield:") ? `${label} (${field.slice("metafield:".length)})` : label;
}

export function percent(share: number) {
  return `${(share * 100).toFixed(1)} %`;
}

function points(share: number) {
  return `${Number((share * 100).toFixed(2))} points`;
}

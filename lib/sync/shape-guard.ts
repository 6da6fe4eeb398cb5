import { type FeedPolicies, SHAPE_ROWS_AT_LEAST, SHAPE_SHARE_AT_LEAST } from "@/lib/feeds/policies";
import type { FeedProfile, FieldProfile } from "./feed-profile";
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
  if (!last || Math.min(now.rows, last.rows) < SHAPE_ROWS_AT_LEAST) return [];
  const gone: Finding[] = [];
  const emptier: Finding[] = [];
  const drifted: Finding[] = [];
  for (const [field, before] of Object.entries(last.fields)) {
    const was = before[0] / last.rows;
    if (was < SHAPE_SHARE_AT_LEAST) continue;
    const after = now.fields[field];
    const is = (after?.[0] ?? 0) / now.rows;
    if (!after || after[0] === 0) {
      gone.push({ field, by: was, text: `${nameOf(field)} is gone: ${percent(was)} of the rows had it last time.` });
      continue;
    }
    if (exceeds(was - is, policies.maxCoverageDrop)) {
      emptier.push({
        field,
        by: was - is,
        text: `${nameOf(field)} is filled in ${percent(is)} of rows, ${percent(was)} last time; the limit is a fall of ${points(policies.maxCoverageDrop)}.`,
      });
    }
    const drift = driftOf(before, after);
    if (drift && exceeds(drift.was - drift.is, policies.maxKindDrift)) {
      drifted.push({
        field,
        by: drift.was - drift.is,
        text: `${nameOf(field)} was ${drift.kind} in ${percent(drift.was)} of its values and is in ${percent(drift.is)} now; the limit is a fall of ${points(policies.maxKindDrift)}.`,
      });
    }
  }
  const appeared = Object.entries(now.fields).flatMap(([field, [filled]]): Finding[] => {
    const is = filled / now.rows;
    if ((last.fields[field]?.[0] ?? 0) > 0 || !exceeds(is, policies.maxNewFieldShare)) return [];
    return [
      {
        field,
        by: is,
        text: `${nameOf(field)} is new and filled in ${percent(is)} of rows; the limit is ${percent(policies.maxNewFieldShare)}.`,
      },
    ];
  });
  return [gone, emptier, drifted, appeared].flatMap((findings) => told(findings));
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
export function exceeds(share: number, limit: number) {
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

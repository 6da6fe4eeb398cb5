import { REFUSED_AT_LEAST, SHAPE_ROWS_AT_LEAST } from "@/lib/feeds/judged-from";
import type { FeedPolicies } from "@/lib/feeds/policies";
import type { RunFigures, ShapeExtremes } from "@/lib/sync/feed-profile";

interface FieldBase {
  label: string;
  help: string;
  /** What the last run came to, in words; null where it says nothing. */
  last?: (figures: RunFigures) => string | null;
}

export type PolicyField = FieldBase &
  (
    | { type: "percent" | "points" | "factor" | "count"; name: NumberPolicy }
    | { type: "choice"; name: ChoicePolicy; choices: Record<string, string> }
  );

type NumberPolicy = {
  [Name in keyof FeedPolicies]: FeedPolicies[Name] extends number ? Name : never;
}[keyof FeedPolicies];
type ChoicePolicy = Exclude<keyof FeedPolicies, NumberPolicy>;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const of = (part: number, whole: number) =>
  `${percent(part / whole)} (${part.toLocaleString("en-US")} of ${whole.toLocaleString("en-US")})`;
const extreme = (found: ShapeExtremes["fall"] | undefined, unit: "points" | "%") =>
  found ? `${found.field}, ${(found.by * 100).toFixed(1)} ${unit}` : null;

/** Every limit of a source with its help, in the order of the page. */
export const POLICY_SECTIONS: { title: string; help: string; fields: PolicyField[] }[] = [
  {
    title: "When a run waits for a manager",
    help: "A run beyond any of these limits is held with its figures; nothing of it is applied before a manager lets it pass.",
    fields: [
      {
        name: "minItemShare",
        type: "percent",
        label: "Fewest rows",
        help: "Of the products in the last good run. A file cut short has fewer.",
        last: ({ items, lastItems }) => (lastItems ? of(items, lastItems) : null),
      },
      {
        name: "maxMissingShare",
        type: "percent",
        label: "Most products missing",
        help: "Of the products the feed listed so far; those to be archived are held to the same limit.",
        last: ({ newlyMissing, known }) => (known > 0 ? of(newlyMissing, known) : null),
      },
      {
        name: "maxPriceFactor",
        type: "factor",
        label: "Greatest change of a price",
        help: "Up or down, as a factor: 3 holds a price that goes from 10 to more than 30, or to less than 3.34.",
        last: ({ greatestPriceFactor }) => `${greatestPriceFactor.toFixed(2)} ×`,
      },
    ],
  },
  {
    title: "Rows that can't be used",
    help: `A refused row never stops the others, and never counts as missing. Too many of them mean that something is wrong with the file. The limit speaks from ${REFUSED_AT_LEAST} refused rows on.`,
    fields: [
      {
        name: "maxRefusedShare",
        type: "percent",
        label: "Most rows refused",
        help: "Of all rows of products in the feed.",
        last: ({ refused, items }) => (refused + items > 0 ? of(refused, refused + items) : null),
      },
      {
        name: "whenRefused",
        type: "choice",
        label: "Beyond that",
        help: "A held run can still be let pass; a stopped one has to be imported again.",
        choices: { hold: "Hold the run for a manager", stop: "Stop: the run fails" },
      },
    ],
  },
  {
    title: "The feed's shape",
    help: `Each run is compared with the last good one, column by column and attribute by attribute. Feeds of fewer than ${SHAPE_ROWS_AT_LEAST} rows have no shape. A column that disappears altogether always holds the run.`,
    fields: [
      {
        name: "maxCoverageDrop",
        type: "points",
        label: "Greatest fall of a field's filled rows",
        help: "20 points hold a price filled in 98 % of the rows last time and in less than 78 % now.",
        last: ({ shape }) => extreme(shape?.fall, "points"),
      },
      {
        name: "maxKindDrift",
        type: "points",
        label: "Greatest drift of a field's kind",
        help: "Numbers that became text, or Yes and No that did: by how many points fewer values may be of the kind they were.",
        last: ({ shape }) => extreme(shape?.drift, "points"),
      },
      {
        name: "maxNewFieldShare",
        type: "percent",
        label: "Fullest new field",
        help: "A column or attribute nobody has seen before that fills more of the rows than this.",
        last: ({ shape }) => extreme(shape?.newField, "%"),
      },
    ],
  },
  {
    title: "Products the feed no longer lists",
    help: "Counted in good runs only: a run that was held, turned down, failed or only tried is none. What another source still lists is never archived.",
    fields: [
      {
        name: "missing",
        type: "choice",
        label: "What becomes of them",
        help: "Archived products come back as they were when the feed lists them again.",
        choices: {
          ignore: "Nothing: the feed lists only what changed",
          flag: "Count them, then ask a person",
          archive: "Count them, then archive them",
        },
      },
      {
        name: "missingRunsUntilReview",
        type: "count",
        label: "After so many good runs",
        help: "In a row without the product.",
      },
    ],
  },
  {
    title: "Products nobody knows, and the archive",
    help: "What a row comes to that no product matches, and how long received files are kept.",
    fields: [
      {
        name: "unmatched",
        type: "choice",
        label: "A row without a product",
        help: "Held rows wait in the inbox until somebody says which product they are.",
        choices: { create: "Make a new product", hold: "Hold it for a person" },
      },
      {
        name: "keepFiles",
        type: "count",
        label: "Received files kept",
        help: "Older ones are removed from the archive once no open run needs them; refused rows of theirs can't be tried again then.",
      },
    ],
  },
];

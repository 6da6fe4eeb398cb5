import Link from "next/link";
import { StepChart, type StepLine } from "@/components/charts/step-chart";
import { ExportLinks } from "@/components/history/export-links";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { TrackedField, ValueHistory } from "@/lib/catalog/value-history";
import { formatCents, formatCount, NOTHING } from "@/lib/format";
import { fieldLabel } from "@/lib/sync/field-words";

type Props = { productId: string; history: ValueHistory; currency: string };

const PRICES: { field: TrackedField; look: Pick<StepLine, "stroke" | "swatch" | "isDashed"> }[] = [
  { field: "priceCents", look: { stroke: "stroke-accent", swatch: "bg-accent" } },
  { field: "compareAtPriceCents", look: { stroke: "stroke-muted", swatch: "bg-muted", isDashed: true } },
  { field: "costPriceCents", look: { stroke: "stroke-green", swatch: "bg-green" } },
];
const STOCK = [{ field: "inventoryQuantity" as const, look: PRICES[0]?.look }];

/** Rows of the table; the file has all. */
const SHOWN = 200;

/** What a product cost and how much of it there was, over time: charts, the figures, and who gave them. */
export function ValueHistoryTab({ productId, history, currency }: Props) {
  const { steps, unknown } = history;
  const to = new Date();
  if (steps.length === 0) {
    return (
      <EmptyState title="No price or stock is on record yet">
        {unknown ?? "What feeds and people give from here on is drawn and listed here."}
      </EmptyState>
    );
  }
  const prices = PRICES.flatMap(({ field, look }) => lineOf(history, field, look));
  const stock = STOCK.flatMap(({ field, look }) => lineOf(history, field, look));
  return (
    <div className="flex-1 bg-panel px-4 pt-3 pb-10 sm:px-6">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-xs font-semibold text-muted">Price, {currency}</h2>
        <ExportLinks path={`/api/products/${productId}/prices`} label="prices and stock" />
      </div>
      {prices.length > 0 ? (
        <StepChart
          label="Prices over time. The table below has the figures."
          lines={prices}
          to={to}
          format={formatCents}
        />
      ) : (
        <p className="py-2 text-muted">Nobody has given a price yet.</p>
      )}
      <h2 className="mt-6 mb-2 text-xs font-semibold text-muted">In stock</h2>
      {stock.length > 0 ? (
        <StepChart
          label="Stock over time. The table below has the figures."
          lines={stock}
          to={to}
          format={(value) => formatCount(Math.round(value))}
        />
      ) : (
        <p className="py-2 text-muted">Nobody has counted it yet.</p>
      )}
      {unknown && <p className="mt-4 text-amber">{unknown}</p>}
      <Steps steps={steps.toReversed()} />
    </div>
  );
}

function lineOf(
  history: ValueHistory,
  field: TrackedField,
  look: (typeof PRICES)[number]["look"] | undefined,
): StepLine[] {
  const own = history.steps.filter((step) => step.field === field);
  if (own.length === 0 || !look) return [];
  return [{ label: fieldLabel(field), points: own.map(({ at, after }) => ({ at, value: after })), ...look }];
}

function Steps({ steps }: { steps: ValueHistory["steps"] }) {
  return (
    <>
      <table className="ledger mt-6" aria-label="Prices and stock">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col" className="num">
              Before
            </th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {steps.slice(0, SHOWN).map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no id, and the list is never reordered
            <tr key={at}>
              <td data-phone="below" className="text-muted">
                <Time at={step.at} format="short" />
              </td>
              <td data-phone="title">{fieldLabel(step.field)}</td>
              <td className="num text-muted">{show(step.field, step.before)}</td>
              <td data-phone="right" className="num">
                {show(step.field, step.after)}
              </td>
              <td data-phone="below-right">
                {step.who}
                {step.run !== null && (
                  <>
                    {" · "}
                    <Link href={`/syncs/${step.run}`} className="hover:underline">
                      run {step.run}
                    </Link>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {steps.length > SHOWN && (
        <p className="pt-2 text-muted">
          The latest {SHOWN} of {formatCount(steps.length)}; the file has all.
        </p>
      )}
    </>
  );
}

function show(field: TrackedField, value: number | null) {
  if (value === null) return NOTHING;
  return field === "inventoryQuantity" ? formatCount(value) : formatCents(value);
}

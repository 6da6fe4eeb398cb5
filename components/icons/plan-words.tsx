import { formatCount, formatPlural } from "@/lib/format";
import { formatMicros } from "@/lib/icons/format-micros";
import type { IconPlan } from "@/lib/icons/plan-icons";

/** What a batch would make and cost. */
export function PlanWords({ plan }: { plan: IconPlan }) {
  const { pictures, categories, fromCache, leftOver, provider, costMicros, currency, ceilings, madePixels } = plan;
  const month = ceilings.month;
  return (
    <div className="grid gap-1">
      <p className="tabular">
        <strong className="font-semibold">{formatPlural(pictures, "picture")}</strong> for{" "}
        {formatPlural(categories, "category", "categories")}
        {fromCache === 1 && "; one of them was made before and costs nothing"}
        {fromCache > 1 && `; ${formatCount(fromCache)} of them were made before and cost nothing`}
        {leftOver > 0 && `; ${formatCount(leftOver)} more categories come with the next batch`}.
      </p>
      {provider === "built-in" ? (
        <p className="text-muted">Drawn here from an open icon set: it costs nothing and needs no account.</p>
      ) : (
        <p className="tabular text-muted">
          {costMicros === null
            ? "What it costs is unknown: nobody entered the endpoint’s price."
            : `About ${formatMicros(costMicros, currency)}.`}
          {month.ceilingMicros !== null &&
            ` This month ${formatMicros(month.spentMicros, currency)} of ${formatMicros(month.ceilingMicros, currency)} are spent.`}
          {madePixels !== null && ` The endpoint makes ${madePixels} × ${madePixels} px.`}
        </p>
      )}
      {plan.refusal && (
        <p role="alert" className="text-red">
          {plan.refusal}
        </p>
      )}
    </div>
  );
}

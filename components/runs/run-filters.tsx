import { FilterCheckbox } from "@/components/filters/filter-checkbox";
import { FilterDay } from "@/components/filters/filter-day";
import { FilterDays } from "@/components/filters/filter-days";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import { MoreFilters } from "@/components/filters/more-filters";
import type { RunSearch } from "@/lib/sync/search-params";
import { TRIGGER_WORDS } from "@/lib/sync/trigger-words";

type Named = { id: string; name: string };
type Props = { search: RunSearch; sources: Named[]; people: Named[] };

const STATUS = [
  { value: "review", label: "Waits for review" },
  { value: "running", label: "Running" },
  { value: "pending", label: "Waiting to start" },
  { value: "success", label: "Done" },
  { value: "partial", label: "Done in part" },
  { value: "failed", label: "Failed" },
  { value: "cancelled", label: "Cancelled" },
  { value: "reverted", label: "Undone" },
];
const DRY = [
  { value: "none", label: "No dry runs" },
  { value: "only", label: "Only dry runs" },
];
const TRIGGERS = Object.entries(TRIGGER_WORDS).map(([value, label]) => ({ value, label }));

export function RunFilters({ search, sources, people }: Props) {
  const seldom = [search.trigger, search.who, search.from, search.to, search.dry, search.rejections];
  return (
    <FilterForm label="Filter runs">
      <FilterSearch value={search.q} label="Run, file, message, SKU, value" />
      <FilterSelect
        name="source"
        label="Source"
        value={search.source ?? ""}
        anyLabel="Any source"
        options={sources.map(toOption)}
      />
      <FilterSelect name="status" label="State" value={search.status ?? ""} anyLabel="Any state" options={STATUS} />
      <FilterDays value={search.days} choices={[1, 7, 30, 365]} />
      <MoreFilters active={seldom.filter(Boolean).length}>
        <FilterSelect
          name="trigger"
          label="What started it"
          value={search.trigger ?? ""}
          anyLabel="Any start"
          options={TRIGGERS}
        />
        <FilterSelect
          name="who"
          label="Who started it"
          value={search.who ?? ""}
          anyLabel="Anybody"
          options={[...people.map(toOption), { value: "system", label: "The system" }]}
        />
        <FilterDay name="from" label="From" value={search.from} />
        <FilterDay name="to" label="to" value={search.to} />
        <FilterSelect name="dry" label="Dry runs" value={search.dry ?? ""} anyLabel="With dry runs" options={DRY} />
        <FilterCheckbox name="rejections" label="With rejections" isOn={search.rejections} />
      </MoreFilters>
    </FilterForm>
  );
}

function toOption({ id, name }: Named) {
  return { value: id, label: name };
}

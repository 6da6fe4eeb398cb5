import { FilterDay } from "@/components/filters/filter-day";
import { FilterDays } from "@/components/filters/filter-days";
import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import { MoreFilters } from "@/components/filters/more-filters";
import type { JobSearch } from "@/lib/jobs/search-params";

type Props = {
  search: JobSearch;
  types: { value: string; label: string }[];
  people: { id: string; name: string }[];
};

export function JobFilters({ search, types, people }: Props) {
  const starters = [
    { value: "me", label: "Me" },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
    { value: "system", label: "The system" },
  ];
  return (
    <FilterForm label="Filter jobs">
      {search.tab !== "all" && <input type="hidden" name="tab" value={search.tab} />}
      <FilterSelect name="type" label="Kind" value={search.type ?? ""} anyLabel="Any kind" options={types} />
      <FilterSelect name="who" label="Who started it" value={search.who ?? ""} anyLabel="Anybody" options={starters} />
      <FilterDays value={search.days} choices={[1, 7, 30, 90]} />
      <FilterSearch value={search.q} label="Name or error" />
      <MoreFilters active={[search.from, search.to].filter(Boolean).length}>
        <FilterDay name="from" label="Asked for from" value={search.from} />
        <FilterDay name="to" label="to" value={search.to} />
      </MoreFilters>
    </FilterForm>
  );
}

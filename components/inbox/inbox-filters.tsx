import { FilterForm } from "@/components/filters/filter-form";
import { FilterSearch } from "@/components/filters/filter-search";
import { FilterSelect } from "@/components/filters/filter-select";
import type { InboxSearch } from "@/lib/inbox/search-params";

type Props = {
  search: InboxSearch;
  sources: { id: string; name: string }[];
  people: { id: string; name: string }[];
};

export function InboxFilters({ search, sources, people }: Props) {
  return (
    <FilterForm label="Filter the inbox">
      {search.kind && <input type="hidden" name="kind" value={search.kind} />}
      <FilterSearch value={search.q} label="SKU, name, key or reason" />
      <FilterSelect
        name="source"
        label="Source"
        value={search.source ?? ""}
        anyLabel="Any source"
        options={sources.map((source) => ({ value: source.id, label: source.name }))}
      />
      <FilterSelect
        name="assignee"
        label="Who looks after it"
        value={search.assignee ?? ""}
        anyLabel="Anybody's"
        options={[
          { value: "me", label: "Mine" },
          { value: "nobody", label: "Nobody's" },
          ...people.map((person) => ({ value: person.id, label: person.name })),
        ]}
      />
    </FilterForm>
  );
}

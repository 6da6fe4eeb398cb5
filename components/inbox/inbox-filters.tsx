import { FilterForm } from "@/components/filters/filter-form";
import { FilterSelect } from "@/components/filters/filter-select";
import { Input } from "@/components/ui/input";
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
      <Input
        key={search.q}
        type="search"
        name="q"
        aria-label="Find in the inbox"
        defaultValue={search.q}
        placeholder="SKU, name, key or reason"
        className="w-52"
      />
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

"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useTransition } from "react";
import { Input, Select } from "@/components/ui/input";
import { hrefWith } from "@/lib/href";
import { codecOf, METAFIELD_TYPES } from "@/lib/metafields/types";

type Props = { q: string; type: string; show: string };

/** What is sought stands in the address; choosing a type asks at once, words on Enter. */
export function RegistryFilter({ q, type, show }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  function go(form: HTMLFormElement) {
    const data = new FormData(form);
    const value = (name: string) => String(data.get(name) ?? "").trim() || undefined;
    startTransition(() =>
      router.push(
        hrefWith("/metafields", { q: value("q"), type: value("type"), show: show === "all" ? undefined : show }),
      ),
    );
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    go(event.currentTarget);
  }
  return (
    <form onSubmit={submit} aria-busy={isPending} className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
      <span className="relative min-w-48 flex-1 sm:max-w-80">
        <Search aria-hidden className="absolute top-1.5 left-2 size-4 text-faint" />
        <Input
          name="q"
          type="search"
          defaultValue={q}
          aria-label="Find a definition"
          placeholder="Find a definition"
          className="pl-7"
        />
      </span>
      <Select
        name="type"
        aria-label="Type"
        defaultValue={type}
        onChange={(event) => event.target.form && go(event.target.form)}
        className="w-auto"
      >
        <option value="">Any type</option>
        {METAFIELD_TYPES.map((name) => (
          <option key={name} value={name}>
            {codecOf(name).label}
          </option>
        ))}
      </Select>
      <button type="submit" className="sr-only">
        Search
      </button>
    </form>
  );
}

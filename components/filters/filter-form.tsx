"use client";

import { usePathname, useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, startTransition } from "react";

type Props = {
  /** What the filters narrow, for screen readers. */
  label: string;
  children: ReactNode;
};

/** A list's filters: each change goes into the address, back to the first page. Without JavaScript Enter sends it. */
export function FilterForm({ label, children }: Props) {
  const router = useRouter();
  const pathname = usePathname();

  function apply(form: HTMLFormElement) {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value.trim()) params.append(name, value.trim());
    }
    const query = params.toString();
    startTransition(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }));
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    apply(event.currentTarget);
  }

  function change(event: FormEvent<HTMLFormElement>) {
    // Text is sent with Enter; a choice at once.
    if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
    apply(event.currentTarget);
  }

  return (
    <search aria-label={label} className="shrink-0">
      <form
        method="get"
        onSubmit={submit}
        onChange={change}
        className="flex flex-wrap items-center gap-2 border-b px-3 py-2"
      >
        {children}
      </form>
    </search>
  );
}

import type { CategoryDetails } from "@/lib/categories/get-category-details";

type Props = { inherited: CategoryDetails["inherited"]; isAlone: boolean };

/** What categories above ask, or the registry of every product: shown, changed where it is asked. */
export function InheritedTemplate({ inherited, isAlone }: Props) {
  if (inherited.length === 0) {
    return isAlone ? <p className="text-muted">Nothing in particular: neither it nor a category above asks.</p> : null;
  }
  return (
    <ul aria-label="Asked from above">
      {inherited.map(({ namespace, key, label, isRequired, askedBy }) => (
        <li
          key={`${namespace}.${key}`}
          className="flex min-h-8 items-center gap-2 border-b border-line-soft text-muted"
        >
          <span className="min-w-0 truncate">{label}</span>
          <span className="text-xs">{askedBy ? `from ${askedBy}` : "of every product"}</span>
          <span className="ml-auto text-xs">{isRequired ? "required" : "expected"}</span>
        </li>
      ))}
    </ul>
  );
}

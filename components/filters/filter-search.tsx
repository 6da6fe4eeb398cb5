import { Input } from "@/components/ui/input";

type Props = { value: string; label: string };

/** The text a list is searched for: sent with Enter. */
export function FilterSearch({ value, label }: Props) {
  return (
    <Input
      key={value}
      type="search"
      name="q"
      defaultValue={value}
      placeholder={label}
      aria-label={label}
      title={label}
      className="w-64 max-sm:w-full"
    />
  );
}

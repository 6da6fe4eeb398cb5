import { Picture } from "@/components/ui/picture";
import type { Look } from "./icon-look-fields";

type Props = { samples: { id: string; name: string }[]; look: Look; variations: number };

/** What the built-in generator will draw for a few of the categories. */
export function IconPreview({ samples, look, variations }: Props) {
  const { style, color, background } = look;
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-3">
      {samples.map(({ id, name }) => (
        <li key={id} className="grid gap-1">
          <span className="flex gap-1">
            {Array.from({ length: Math.min(variations, 4) }, (_, at) => {
              const query = new URLSearchParams({ category: id, style, color, background, variation: String(at + 1) });
              return (
                <span key={query.toString()} className="icon-paper grid size-20 place-items-center rounded-md border">
                  <Picture src={`/api/icons/preview?${query}`} alt={`Preview for ${name}`} size={64} />
                </span>
              );
            })}
          </span>
          <span className="max-w-80 truncate text-xs text-muted">{name}</span>
        </li>
      ))}
    </ul>
  );
}

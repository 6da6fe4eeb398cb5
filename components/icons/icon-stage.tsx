import { Picture } from "@/components/ui/picture";

type Props = { id: string; filename: string };

const GROUNDS = [
  { name: "Light", className: "bg-[oklch(0.985_0.003_90)]" },
  { name: "Dark", className: "bg-[oklch(0.22_0.008_90)]" },
  { name: "Transparent", className: "icon-checker" },
] as const;
const SIZES = [16, 32, 64, 128] as const;

/** An icon on the grounds and in the sizes that it will stand in. */
export function IconStage({ id, filename }: Props) {
  const file = `/api/icons/${id}/file`;
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-3 gap-2">
        {GROUNDS.map(({ name, className }) => (
          <figure key={name} className="grid gap-1">
            <span className={`grid aspect-square place-items-center rounded-md border p-[12%] ${className}`}>
              <Picture
                src={file}
                alt={`${filename} on ${name.toLowerCase()}`}
                size={256}
                className="size-full object-contain"
              />
            </span>
            <figcaption className="text-center text-xs text-muted">{name}</figcaption>
          </figure>
        ))}
      </div>
      <div className="flex flex-wrap items-end gap-5">
        {SIZES.map((size) => (
          <figure key={size} className="grid justify-items-center gap-1">
            <span className="icon-paper grid place-items-center rounded-md border p-2">
              {/* Twice the pixels, for fine screens. */}
              <Picture src={`${file}?size=${size === 16 ? 32 : size === 32 ? 64 : 128}`} alt="" size={size} />
            </span>
            <figcaption className="tabular text-xs text-muted">{size} px</figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}

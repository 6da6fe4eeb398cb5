import { ImageOff } from "lucide-react";
import { Picture } from "@/components/ui/picture";
import { cn } from "@/lib/class-names";

type Props = {
  icon: { id: string; fileMissing: boolean };
  /** Pixels of the box; the picture stands in it with a margin. */
  size: 24 | 32 | 48 | 64 | 96 | 128;
  /** Empty where the name stands beside it. */
  alt?: string;
  className?: string;
};

/** An icon on paper: most are drawn for a light ground, in the dark theme too. */
export function IconPicture({ icon, size, alt = "", className }: Props) {
  const box = cn("icon-paper grid shrink-0 place-items-center rounded-md border", className);
  if (icon.fileMissing) {
    return (
      <span className={box} style={{ width: size, height: size }} title="The file is gone from the disk">
        <ImageOff aria-label={alt || undefined} aria-hidden={alt ? undefined : true} className="size-1/3 text-red" />
      </span>
    );
  }
  const drawn = Math.round(size * 0.8);
  const src = `/api/icons/${icon.id}/file?size=${drawn > 64 ? 128 : drawn > 28 ? 128 : 64}`;
  return (
    <span className={box} style={{ width: size, height: size }}>
      <Picture src={src} alt={alt} size={drawn} className="object-contain" />
    </span>
  );
}

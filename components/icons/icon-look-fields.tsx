import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import {
  BACKGROUND_WORDS,
  COLOR_WORDS,
  HEX_COLOR,
  ICON_COLORS,
  type IconBackground,
  type IconStyle,
  STYLE_WORDS,
} from "@/lib/icons/look-words";

export interface Look {
  style: IconStyle;
  color: string;
  background: IconBackground;
  size: number;
}
type Props = { look: Look; onChange: (look: Look) => void; errors: Record<string, string> };

const SIZES = [64, 128, 256, 512, 1024];

/** How the icons look: style, colour, background, size. */
export function IconLookFields({ look, onChange, errors }: Props) {
  const isOwn = !(ICON_COLORS as readonly string[]).includes(look.color);
  const set = (to: Partial<Look>) => onChange({ ...look, ...to });
  return (
    <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4">
      <Field label="Style" error={errors.style}>
        {(control) => (
          // The options are the styles.
          <Select {...control} value={look.style} onChange={(event) => set({ style: event.target.value as IconStyle })}>
            {options(STYLE_WORDS)}
          </Select>
        )}
      </Field>
      <Field label="Colour" error={errors.color}>
        {(control) => (
          <span className="flex gap-1">
            <Select
              {...control}
              className="min-w-0 flex-1"
              value={isOwn ? "own" : look.color}
              onChange={(event) => set({ color: event.target.value === "own" ? "#1e66f5" : event.target.value })}
            >
              {options(COLOR_WORDS)}
              <option value="own">Another…</option>
            </Select>
            {isOwn && (
              <Input
                type="color"
                aria-label="Another colour"
                className="w-10 shrink-0 px-0.5"
                value={HEX_COLOR.test(look.color) ? look.color : "#1e66f5"}
                onChange={(event) => set({ color: event.target.value })}
              />
            )}
          </span>
        )}
      </Field>
      <Field label="Background" error={errors.background}>
        {(control) => (
          <Select
            {...control}
            value={look.background}
            // The options are the backgrounds.
            onChange={(event) => set({ background: event.target.value as IconBackground })}
          >
            {options(BACKGROUND_WORDS)}
          </Select>
        )}
      </Field>
      <Field label="Size" error={errors.size}>
        {(control) => (
          <Select
            {...control}
            value={String(look.size)}
            onChange={(event) => set({ size: Number(event.target.value) })}
          >
            {SIZES.map((size) => (
              <option key={size} value={size}>
                {size} px
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

function options(words: Record<string, string>) {
  return Object.entries(words).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

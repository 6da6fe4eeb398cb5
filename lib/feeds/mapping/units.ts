import type { FeedField } from "../feed-record";

/** Grams in each. International avoirdupois pound: 453.59237 g. */
const GRAMS = { g: 1, kg: 1_000, lb: 453.59237, oz: 28.349523125 } as const;
/** Millimetres in each. International inch: 25.4 mm. */
const MILLIMETRES = { mm: 1, cm: 10, m: 1_000, in: 25.4 } as const;

export type Unit = keyof typeof GRAMS | keyof typeof MILLIMETRES;
export const UNITS = ["g", "kg", "lb", "oz", "mm", "cm", "m", "in"] as const satisfies Unit[];

type Measure = Extract<FeedField, "weightGrams" | "lengthMm" | "widthMm" | "heightMm">;

const SIZES: Record<Measure, Partial<Record<Unit, number>>> = {
  weightGrams: GRAMS,
  lengthMm: MILLIMETRES,
  widthMm: MILLIMETRES,
  heightMm: MILLIMETRES,
};

export function isMeasure(field: FeedField): field is Measure {
  return Object.hasOwn(SIZES, field);
}

/** The units a field can be written in, the one it is stored in first; none for a field that has no unit. */
export function unitsOf(field: FeedField): Unit[] {
  return isMeasure(field) ? UNITS.filter((unit) => unit in SIZES[field]) : [];
}

/** What one of `unit` is in the field's stored unit (grams, millimetres); without a unit, one. */
export function inStoredUnit(field: Measure, unit: Unit | undefined): number {
  return (unit && SIZES[field][unit]) ?? 1;
}

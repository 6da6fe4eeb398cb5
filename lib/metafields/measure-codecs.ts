import { type Codec, codec, readJson } from "./codec";
import { isRecord, readDecimal } from "./number-codecs";

/** Shopify's units, each in the base unit of its kind (International yard and pound; US and imperial gallon). */
const LENGTH_MM = { mm: 1, cm: 10, m: 1000, in: 25.4, ft: 304.8, yd: 914.4 };
const WEIGHT_G = { g: 1, kg: 1000, oz: 28.349523125, lb: 453.59237 };
const VOLUME_ML = {
  ml: 1,
  cl: 10,
  l: 1000,
  m3: 1_000_000,
  us_fl_oz: 29.5735295625,
  us_pt: 473.176473,
  us_qt: 946.352946,
  us_gal: 3785.411784,
  imp_fl_oz: 28.4130625,
  imp_pt: 568.26125,
  imp_qt: 1136.5225,
  imp_gal: 4546.09,
};

interface Measure {
  value: number;
  unit: string;
}

function measureCodec(label: string, example: string, units: Record<string, number>): Codec {
  const measure = (value: string, unit: string): Measure | null => {
    const digits = readDecimal(value);
    const name = unit.toLowerCase();
    // JSON writes very small numbers with an exponent, which no form takes back.
    const isPlain = digits !== null && readDecimal(String(Number(digits))) !== null;
    return isPlain && Object.hasOwn(units, name) ? { value: Number(digits), unit: name } : null;
  };
  return codec<Measure>({
    label,
    hint: `Enter a number and a unit like "${example}" (${Object.keys(units).join(", ")}).`,
    control: "text",
    read(text) {
      const stored = readJson(text);
      if (isRecord(stored)) return measure(String(stored.value), String(stored.unit));
      const [, value = "", unit = ""] = /^\s*([+-]?[\d.,]+)\s*(\w+)\s*$/.exec(text) ?? [];
      return measure(value, unit);
    },
    store: ({ value, unit }) => JSON.stringify({ value, unit }),
    edit: ({ value, unit }) => `${value} ${unit}`,
    number: ({ value, unit }) => value * (units[unit] ?? Number.NaN),
    isJson: true,
  });
}

export const dimension = measureCodec("Dimension", "25 cm", LENGTH_MM);
export const weight = measureCodec("Weight", "2.5 kg", WEIGHT_G);
export const volume = measureCodec("Volume", "750 ml", VOLUME_ML);

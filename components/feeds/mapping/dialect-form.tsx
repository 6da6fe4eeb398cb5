"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { FileDialect } from "@/lib/feeds/mapping";

type Props = {
  /** As found in the file. */
  found: FileDialect;
  /** As a sentence. */
  words: string;
  /** As a person said; null: as found. */
  said: FileDialect | null;
  /** Kind `csv` always says how its files are written. */
  isWhole: boolean;
  isDisabled: boolean;
  onChange: (dialect: FileDialect | null) => void;
};

const CHOICES: {
  [K in "delimiter" | "quote" | "escape" | "encoding" | "decimal"]: {
    label: string;
    options: [FileDialect[K], string][];
  };
} = {
  delimiter: {
    label: "Between columns",
    options: [
      [",", "Comma"],
      [";", "Semicolon"],
      ["\t", "Tab"],
      ["|", "Pipe"],
    ],
  },
  quote: {
    label: "Quotes",
    options: [
      ['"', 'Double "'],
      ["'", "Single '"],
      ["`", "Backtick `"],
      ["", "None"],
    ],
  },
  escape: {
    label: "A quote inside quotes",
    options: [
      ["doubled", "Written twice"],
      ["backslash", "Behind a backslash"],
    ],
  },
  encoding: {
    label: "Encoding",
    options: [
      ["auto", "Find out"],
      ["utf-8", "UTF-8"],
      ["windows-1252", "Windows-1252"],
      ["utf-16le", "UTF-16, little end first"],
      ["utf-16be", "UTF-16, big end first"],
    ],
  },
  decimal: {
    label: "Decimals",
    options: [
      ["point", "1,234.50"],
      ["comma", "1.234,50"],
    ],
  },
};
// The keys of a literal are what its type says.
const KEYS = Object.keys(CHOICES) as (keyof typeof CHOICES)[];

/** How the file is written: what was found, and the same to be said otherwise. */
export function DialectForm({ found, words, said, isWhole, isDisabled, onChange }: Props) {
  const dialect = said ?? found;
  return (
    <details className="border-b">
      <summary className="cursor-pointer px-4 py-2 text-xs text-muted hover:text-text">
        <span className="text-text">{words}</span>{" "}
        {said && !isWhole
          ? "Said for this source; a file that is written otherwise is refused."
          : "Wrong? Correct it here."}
      </summary>
      <div className="grid grid-cols-2 gap-3 px-4 pb-3 sm:grid-cols-3 xl:grid-cols-6">
        {KEYS.map((key) => (
          <Field key={key} label={CHOICES[key].label}>
            {(control) => (
              <Select
                {...control}
                value={dialect[key]}
                disabled={isDisabled}
                onChange={(event) => onChange({ ...dialect, [key]: event.target.value })}
              >
                {CHOICES[key].options.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
        <Field label="Header on line" help="0: there is none">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={1000}
              value={dialect.headerLine}
              disabled={isDisabled}
              onChange={(event) => onChange({ ...dialect, headerLine: Number(event.target.value) })}
            />
          )}
        </Field>
        {said && !isWhole && !isDisabled && (
          <Button className="self-end justify-self-start" onClick={() => onChange(null)}>
            As the format has it
          </Button>
        )}
      </div>
    </details>
  );
}

"use client";

import { useEditor } from "./editor";
import { metafieldKey } from "./lines";
import { Section } from "./product-sheet";
import { ValueLine } from "./value-line";

/** What the category or the registry asks of the product and it lacks: empty lines to fill in. */
export function MissingMetafields() {
  const { product, lines } = useEditor();
  const { missing } = product;
  if (missing.length === 0) return null;
  const askers = [...new Set(missing.map(({ askedBy }) => askedBy))];
  const [only] = askers;
  const by = askers.length === 1 && only ? `asked for by ${only}` : "asked for";
  return (
    <Section title="To fill in" note={`${missing.length} ${by}`}>
      {missing.map((metafield) => {
        const line = lines.get(metafieldKey(metafield));
        return line && <ValueLine key={line.key} line={line} />;
      })}
    </Section>
  );
}

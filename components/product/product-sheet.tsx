"use client";

import type { ReactNode } from "react";
import { codeWords } from "@/lib/catalog/code-words";
import type { ProductField } from "@/lib/catalog/product-fields";
import { AddMetafield } from "./add-metafield";
import { DescriptionLine } from "./description-line";
import { useEditor } from "./editor";
import { MetafieldGroups } from "./metafield-groups";
import { MissingMetafields } from "./missing-metafields";
import { ValueLine } from "./value-line";

/** What the product is: facts, codes, metafields, measures, search texts. */
export function ProductSheet() {
  const { product, canManage } = useEditor();
  return (
    <div className="min-w-0 bg-panel px-4 pt-1 pb-10 max-lg:border-t sm:px-6 lg:col-start-1 lg:row-span-2 lg:row-start-1">
      <Section title="What it is">
        <Fields fields={["name", "shortDescription", "brand", "manufacturer"]} />
        <DescriptionLine />
      </Section>
      <Section title="Codes">
        <Fields fields={["manufacturerPartNumber"]} />
        <Codes />
      </Section>
      <MissingMetafields />
      <MetafieldGroups />
      {canManage ? (
        <AddMetafield />
      ) : (
        product.metafields.length === 0 && (
          <Section title="Metafields">
            <p className="py-2 text-muted">No feed and nobody has given this product metafields yet.</p>
          </Section>
        )
      )}
      <Section title="Size and weight">
        <Fields fields={["weightGrams", "lengthMm", "widthMm", "heightMm"]} />
      </Section>
      <Section title="Search engines">
        <Fields fields={["seoTitle", "seoDescription"]} />
      </Section>
    </div>
  );
}

export function Section({ title, note, children }: { title: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h2 className="flex items-center gap-2 border-b pb-[7px] text-xs font-semibold text-muted">
        {title}
        {note && <span className="font-normal">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

export function Fields({ fields, isNarrow }: { fields: ProductField[]; isNarrow?: boolean }) {
  const { lines } = useEditor();
  return fields.map((field) => {
    const line = lines.get(field);
    return line && <ValueLine key={field} line={line} isNarrow={isNarrow} />;
  });
}

/** Read only: codes are what feeds are matched by. */
function Codes() {
  const { product } = useEditor();
  const types = [...new Set(product.codes.map((code) => code.type))];
  return (
    <>
      <Code label="SKU" codes={[product.sku]} />
      {types.map((type) => (
        <Code
          key={type}
          label={codeWords(type)}
          codes={product.codes.filter((code) => code.type === type).map((code) => code.code)}
        />
      ))}
    </>
  );
}

function Code({ label, codes }: { label: string; codes: string[] }) {
  return (
    <div className="@container border-b border-line-soft">
      <div className="grid min-h-[34px] grid-cols-1 items-center gap-x-3 py-px @xl:grid-cols-[minmax(120px,190px)_minmax(0,1fr)]">
        <span className="text-muted">{label}</span>
        <span className="mono flex flex-wrap gap-x-3 py-1 [overflow-wrap:anywhere]">
          {codes.map((code) => (
            <span key={code}>{code}</span>
          ))}
        </span>
      </div>
    </div>
  );
}

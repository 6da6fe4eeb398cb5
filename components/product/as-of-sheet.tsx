import type { ReactNode } from "react";
import type { ProductView } from "@/lib/catalog/get-product";
import type { ProductAsOf } from "@/lib/catalog/product-as-of";
import { type FieldValue, fieldInfo, type ProductField } from "@/lib/catalog/product-fields";
import { NOTHING } from "@/lib/format";
import { codecOf } from "@/lib/metafields/types";
import { fieldLabel, fieldValue } from "@/lib/sync/field-words";
import { statusWords } from "./lines";

type Known = Extract<ProductAsOf, { outcome: "known" }>;
type Props = { product: ProductView; past: Known };

const SECTIONS: { title: string; fields: Exclude<ProductField, "categoryId">[] }[] = [
  { title: "What it is", fields: ["name", "shortDescription", "brand", "manufacturer", "status"] },
  { title: "Price and stock", fields: ["priceCents", "compareAtPriceCents", "costPriceCents", "inventoryQuantity"] },
  { title: "Size and weight", fields: ["weightGrams", "lengthMm", "widthMm", "heightMm"] },
  { title: "Search engines", fields: ["seoTitle", "seoDescription"] },
];

/** Every field as it was, and beside it what it holds now where that differs. */
export function AsOfSheet({ product, past }: Props) {
  const changed = new Set(past.changedSince);
  return (
    <div className="flex-1 bg-panel px-4 pt-1 pb-10 sm:px-6">
      {SECTIONS.map(({ title, fields }) => (
        <Section key={title} title={title}>
          {title === "What it is" && (
            <Row
              label="Category"
              was={past.category}
              now={changed.has("category") ? (product.category?.name ?? null) : undefined}
            />
          )}
          {fields.map((field) => (
            <Row
              key={field}
              label={fieldLabel(field)}
              was={show(field, past.values[field], product.currency)}
              now={changed.has(field) ? show(field, product.values[field], product.currency) : undefined}
            />
          ))}
          {title === "What it is" && <Description html={past.descriptionHtml} isChanged={changed.has("description")} />}
        </Section>
      ))}
      <Codes product={product} past={past} changed={changed} />
      <Metafields product={product} past={past} changed={changed} />
    </div>
  );
}

function Codes({ product, past, changed }: Props & { changed: Set<string> }) {
  const known = past.codes.map(({ type, code }) => ({ label: fieldLabel(`code:${type}`), code }));
  const since = product.codes.filter(
    ({ type, code }) => !past.codes.some((one) => one.type === type && one.code === code),
  );
  return (
    <Section title="Codes">
      <Row
        label={fieldLabel("manufacturerPartNumber")}
        was={show("manufacturerPartNumber", past.values.manufacturerPartNumber)}
        now={
          changed.has("manufacturerPartNumber")
            ? show("manufacturerPartNumber", product.values.manufacturerPartNumber)
            : undefined
        }
      />
      {known.map(({ label, code }) => (
        <Row key={`${label} ${code}`} label={label} was={code} />
      ))}
      {since.map(({ type, code }) => (
        <Row key={`${type} ${code}`} label={fieldLabel(`code:${type}`)} was={null} now={code} />
      ))}
    </Section>
  );
}

function Metafields({ product, past, changed }: Props & { changed: Set<string> }) {
  const now = new Map(product.metafields.map((one) => [`metafield:${one.namespace}.${one.key}`, one]));
  const then = new Set(past.metafields.map((one) => `metafield:${one.namespace}.${one.key}`));
  const later = [...now].filter(([field]) => !then.has(field));
  if (then.size + later.length === 0) return null;
  return (
    <Section title="Metafields">
      {past.metafields.map(({ namespace, key, name, type, value }) => {
        const field = `metafield:${namespace}.${key}`;
        const present = now.get(field);
        return (
          <Row
            key={field}
            label={name ?? fieldLabel(field)}
            was={codecOf(type).display(value)}
            now={changed.has(field) ? (present ? codecOf(present.type).display(present.value) : null) : undefined}
          />
        );
      })}
      {later.map(([field, { name, type, value }]) => (
        <Row key={field} label={name} was={null} now={codecOf(type).display(value)} />
      ))}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h2 className="border-b pb-[7px] text-xs font-semibold text-muted">{title}</h2>
      <dl className="grid grid-cols-1 gap-x-3 sm:grid-cols-[190px_minmax(0,1fr)]">{children}</dl>
    </section>
  );
}

/** `now` undefined: it holds the same today. */
function Row({ label, was, now }: { label: string; was: string | null; now?: string | null }) {
  return (
    <div className="contents">
      <dt className="pt-1.5 break-words text-muted sm:pb-1.5">{label}</dt>
      <dd className="tabular min-w-0 pb-1.5 break-words sm:pt-1.5">
        {was || <span className="text-faint">{NOTHING}</span>}
        {now !== undefined && <span className="ml-3 text-xs text-amber">now {now || "nothing"}</span>}
      </dd>
    </div>
  );
}

function Description({ html, isChanged }: { html: string; isChanged: boolean }) {
  return (
    <div className="contents">
      <dt className="pt-1.5 text-muted">Description</dt>
      <dd className="min-w-0 py-1.5">
        {html === "" ? (
          <span className="text-faint">{NOTHING}</span>
        ) : (
          <div
            className="rich-text max-h-80 min-w-0 overflow-auto break-words [&_li]:ml-4 [&_li]:list-disc [&_p]:mb-2"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: the server passed it through the allow-list of sanitise-html.ts
            dangerouslySetInnerHTML={{ __html: html }}
          />
        )}
        {isChanged && <span className="text-xs text-amber">another text now</span>}
      </dd>
    </div>
  );
}

function show(field: ProductField, value: FieldValue, currency = "") {
  if (field === "status" && typeof value === "string") return statusWords(value);
  const words = fieldValue(field, value);
  return words !== null && fieldInfo(field).control === "money" ? `${words} ${currency}` : words;
}

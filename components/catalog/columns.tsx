import Link from "next/link";
import type { DataColumn } from "@/components/data-table/features";
import { Marked } from "@/components/search/marked";
import { Picture } from "@/components/ui/picture";
import { StatusDot, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { DETAIL_FIELDS, type DetailColumnId } from "@/lib/catalog/detail-fields";
import { isMetafieldId, type MetafieldId, metafieldOf } from "@/lib/catalog/filter/condition";
import { fieldInfo } from "@/lib/catalog/product-fields";
import type { ColumnId, FixedColumnId } from "@/lib/catalog/product-search";
import type { ProductListRow } from "@/lib/db/product-rows";
import { formatCents, formatCount, NOTHING } from "@/lib/format";
import type { Mark } from "@/lib/search/mark-words";
import { RowLink } from "./row-link";

/** A product as the table shows it. */
export type ProductLine = Omit<ProductListRow, "position" | "stockStatus" | OptionalField> &
  Partial<Pick<ProductListRow, OptionalField>> & {
    /** Of the metafields shown. */
    values?: Partial<Record<MetafieldId, string>>;
    /** Of the detail columns shown. */
    details?: Partial<Record<DetailColumnId, string | number | null>>;
    /** Where the words stand that were searched for. */
    marks?: { name: Mark[]; sku: Mark[] };
  };

/** Fields that are sent only where they are shown. */
type OptionalField =
  | "picture"
  | "categoryName"
  | "categoryPath"
  | "updatedAt"
  | "createdAt"
  | "compareAtPriceCents"
  | "costPriceCents"
  | "manufacturer"
  | "manufacturerPartNumber"
  | "upc"
  | "grade";

/** A metafield as a column. */
export interface MetafieldColumn {
  label: string;
  isNumber: boolean;
}

const STATUS_TONE = { active: "green", draft: "idle", archived: "idle" } as const satisfies Record<
  ProductListRow["status"],
  Tone
>;

/** A column of the table, or of one metafield. */
export function productColumn(
  id: ColumnId,
  metafields: Partial<Record<MetafieldId, MetafieldColumn>>,
): DataColumn<ProductLine> {
  if (!isMetafieldId(id)) return PRODUCT_COLUMNS[id];
  const { label, isNumber } = metafields[id] ?? { label: metafieldOf(id).key, isNumber: false };
  return {
    id,
    meta: { label, width: isNumber ? "112px" : "144px", isNumber, sort: id },
    cell: ({ row }) => <Value text={row.original.values?.[id]} />,
  };
}

export const PRODUCT_COLUMNS: Record<FixedColumnId, DataColumn<ProductLine>> = {
  image: {
    id: "image",
    meta: { label: "", width: "44px", phone: "lead" },
    cell: ({ row }) => (
      <Picture
        src={row.original.picture ? `/api/images/${row.original.picture}&width=96` : "/placeholder.svg"}
        size={24}
        className="thumb"
      />
    ),
  },
  sku: {
    id: "sku",
    meta: { label: "SKU", width: "112px", sort: "sku", phone: "below" },
    cell: ({ row }) => (
      <span className="mono above-link max-sm:text-muted">
        <Marked text={row.original.sku} marks={row.original.marks?.sku} />
      </span>
    ),
  },
  name: {
    id: "name",
    meta: { label: "Name", sort: "name", phone: "title" },
    cell: ({ row }) => (
      <RowLink id={row.original.id}>
        <Marked text={row.original.name} marks={row.original.marks?.name} />
      </RowLink>
    ),
  },
  brand: {
    id: "brand",
    meta: { label: "Brand", width: "116px", sort: "brand" },
    cell: ({ row }) => <span className="text-muted">{row.original.brand ?? NOTHING}</span>,
  },
  price: {
    id: "price",
    meta: { label: "Price", width: "92px", isNumber: true, sort: "price", firstDir: "desc", phone: "right" },
    cell: ({ row }) => formatCents(row.original.priceCents),
  },
  stock: {
    id: "stock",
    meta: { label: "Stock", width: "76px", isNumber: true, sort: "stock", firstDir: "desc" },
    cell: ({ row }) => <Stock quantity={row.original.inventoryQuantity} />,
  },
  status: {
    id: "status",
    meta: { label: "Status", width: "92px", phone: "below-right" },
    cell: ({ row }) => <StatusDot tone={STATUS_TONE[row.original.status]}>{row.original.status}</StatusDot>,
  },
  category: {
    id: "category",
    meta: { label: "Category", width: "168px" },
    cell: ({ row }) => {
      const { categoryName, categoryPath } = row.original;
      if (!categoryPath) return <span className="text-amber">Uncategorised</span>;
      return (
        <Link href={`/catalog/${categoryPath}`} prefetch={false} className="above-link text-muted hover:underline">
          {categoryName}
        </Link>
      );
    },
  },
  updated: {
    id: "updated",
    meta: { label: "Updated", width: "104px", sort: "updated", firstDir: "desc" },
    cell: ({ row }) => (
      <span className="above-link text-muted">{row.original.updatedAt && <Time at={row.original.updatedAt} />}</span>
    ),
  },
  compareAt: {
    id: "compareAt",
    meta: { label: "Compare at", width: "100px", isNumber: true },
    cell: ({ row }) => formatCents(row.original.compareAtPriceCents ?? null),
  },
  cost: {
    id: "cost",
    meta: { label: "Cost", width: "92px", isNumber: true },
    cell: ({ row }) => formatCents(row.original.costPriceCents ?? null),
  },
  manufacturer: {
    id: "manufacturer",
    meta: { label: "Manufacturer", width: "124px" },
    cell: ({ row }) => <Value text={row.original.manufacturer} />,
  },
  mpn: {
    id: "mpn",
    meta: { label: "Maker's number", width: "132px" },
    cell: ({ row }) => <span className="mono">{row.original.manufacturerPartNumber ?? NOTHING}</span>,
  },
  upc: {
    id: "upc",
    meta: { label: "UPC or EAN", width: "124px" },
    cell: ({ row }) => <span className="mono">{row.original.upc ?? NOTHING}</span>,
  },
  grade: {
    id: "grade",
    meta: { label: "Quality", width: "72px" },
    cell: ({ row }) => row.original.grade ?? <span className="text-faint">{NOTHING}</span>,
  },
  created: {
    id: "created",
    meta: { label: "Added", width: "104px" },
    cell: ({ row }) => (
      <span className="above-link text-muted">{row.original.createdAt && <Time at={row.original.createdAt} />}</span>
    ),
  },
  shortDescription: detailColumn("shortDescription"),
  description: detailColumn("description"),
  weight: detailColumn("weight"),
  length: detailColumn("length"),
  width: detailColumn("width"),
  height: detailColumn("height"),
  seoTitle: detailColumn("seoTitle"),
  seoDescription: detailColumn("seoDescription"),
};

function detailColumn(id: DetailColumnId): DataColumn<ProductLine> {
  const { label, control, unit } = fieldInfo(DETAIL_FIELDS[id]);
  const isNumber = control === "integer";
  return {
    id,
    meta: { label: unit ? `${label}, ${unit}` : label, width: isNumber ? "96px" : "240px", isNumber },
    cell: ({ row }) => {
      const value = row.original.details?.[id] ?? null;
      if (isNumber) return value === null ? NOTHING : formatCount(Number(value));
      return <Value text={value === null ? null : String(value)} />;
    },
  };
}

/** Unknown is a dash; a long text is cut by the column, and told whole to who points at it. */
function Value({ text }: { text: string | null | undefined }) {
  if (!text) return <span className="text-faint">{NOTHING}</span>;
  return (
    <span className="text-muted" title={text.length > 16 ? text : undefined}>
      {text}
    </span>
  );
}

/** Unknown is a dash, none is a red nought. */
function Stock({ quantity }: { quantity: number | null }) {
  if (quantity === null) return NOTHING;
  return quantity > 0 ? formatCount(quantity) : <span className="text-red">{formatCount(quantity)}</span>;
}

import Link from "next/link";
import type { DataColumn } from "@/components/data-table/features";
import { Picture } from "@/components/ui/picture";
import { StatusDot, type Tone } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { ProductListRow } from "@/lib/catalog/list-products";
import type { ColumnId } from "@/lib/catalog/product-search";
import { formatCents, formatCount, NOTHING } from "@/lib/format";

/** A product as the table shows it. */
export type ProductLine = Omit<ProductListRow, "position" | "stockStatus" | OptionalField> &
  Partial<Pick<ProductListRow, OptionalField>>;

/** Fields that are sent only where they are shown. */
type OptionalField = "picture" | "categoryName" | "categoryPath" | "updatedAt";

const STATUS_TONE = { active: "green", draft: "idle", archived: "idle" } as const satisfies Record<
  ProductListRow["status"],
  Tone
>;

export const PRODUCT_COLUMNS: Record<ColumnId, DataColumn<ProductLine>> = {
  image: {
    id: "image",
    meta: { label: "", width: "44px", phone: "lead" },
    cell: ({ row }) => (
      <Picture
        src={row.original.picture ? `/api/images/${row.original.picture}` : "/placeholder.svg"}
        size={24}
        className="thumb"
      />
    ),
  },
  sku: {
    id: "sku",
    meta: { label: "SKU", width: "112px", sort: "sku", phone: "below" },
    cell: ({ row }) => <span className="mono above-link max-sm:text-muted">{row.original.sku}</span>,
  },
  name: {
    id: "name",
    meta: { label: "Name", sort: "name", phone: "title" },
    cell: ({ row }) => (
      <Link href={`/products/${row.original.id}`} prefetch={false} className="row-link">
        {row.original.name}
      </Link>
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
};

/** Unknown is a dash, none is a red nought. */
function Stock({ quantity }: { quantity: number | null }) {
  if (quantity === null) return NOTHING;
  return quantity > 0 ? formatCount(quantity) : <span className="text-red">{formatCount(quantity)}</span>;
}

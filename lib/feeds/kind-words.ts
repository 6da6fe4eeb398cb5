import type { FeedKind } from "@/prisma/generated/sqlite/enums";

/** The feed formats in words. */
export const FEED_KINDS: Record<FeedKind, { label: string; help: string }> = {
  etilize: {
    label: "Etilize",
    help: "Content in zips: categories, products, attributes, codes. Upload all zips together.",
  },
  shopify_csv: { label: "Shopify CSV", help: "A product export in Shopify's columns, as a CSV or a zip of it." },
  erp: { label: "ERP item list", help: "Xorosoft's current products: item number, price, stock, UPC." },
  csv: { label: "Other CSV", help: "Any supplier's list: you say which column is what." },
  category_json: { label: "Category tree", help: "Categories alone, as JSON, plain or as gzip." },
};

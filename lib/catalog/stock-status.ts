import type { StockStatus } from "@/prisma/generated/sqlite/enums";

/** What a quantity says of availability. Unknown is not out of stock. */
export function stockStatusOf(quantity: number | null): StockStatus {
  if (quantity === null) return "unknown";
  return quantity > 0 ? "in_stock" : "out_of_stock";
}

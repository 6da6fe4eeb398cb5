import { Trash2 } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { DeletedProduct as Deleted } from "@/lib/purge/get-deleted";

/** In the place of a product that was deleted for good: when, by whom, and where it can be restored. */
export function DeletedProduct({ product }: { product: Deleted }) {
  return (
    <EmptyState icon={Trash2} heading="h1" title={`${product.name || product.sku} was deleted for good`}>
      <span className="mono">{product.sku}</span> went out of the catalogue <Time at={product.at} format="short" />:
      planned by {product.plannedBy}, confirmed by {product.confirmedBy}.{" "}
      <Link href={`/syncs/${product.run}`} className="text-accent underline">
        Run {product.run}
      </Link>{" "}
      has its backup and restores it.
    </EmptyState>
  );
}

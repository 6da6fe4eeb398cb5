"use client";

import { Button } from "@/components/ui/button";
import { useRemovePicture } from "./use-remove-picture";

type Props = { productId: string; imageId: number; name: string };

/** Where a product shows nearly the same twice, one may go. */
export function RemoveLookAlike({ productId, imageId, name }: Props) {
  const { remove, isRemoving } = useRemovePicture({ productId, imageId }, name);
  return (
    <Button size="small" onClick={remove} aria-disabled={isRemoving} aria-label={`Remove ${name} from the product`}>
      Remove
    </Button>
  );
}

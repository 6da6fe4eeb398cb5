import { type Codec, codec } from "./codec";

/**
 * A record of the shop by Shopify's global id; a bare number is taken for one. What it points to is Shopify's to
 * check: the shop may know records that are not here.
 */
export function referenceCodec(label: string, ...kinds: [string, ...string[]]): Codec {
  const [first] = kinds;
  const pattern = new RegExp(`^gid://shopify/(${kinds.join("|")})/[0-9]{1,20}$`);
  return codec<string>({
    label,
    hint: `Enter Shopify's id like gid://shopify/${first}/123.`,
    control: "text",
    read(typed) {
      const text = typed.trim();
      if (/^[0-9]{1,20}$/.test(text) && kinds.length === 1) return `gid://shopify/${first}/${text}`;
      return pattern.test(text) ? text : null;
    },
    store: (id) => id,
  });
}

export const product = referenceCodec("Product", "Product");
export const variant = referenceCodec("Variant", "ProductVariant");
export const collection = referenceCodec("Collection", "Collection");
export const metaobject = referenceCodec("Metaobject", "Metaobject");
export const page = referenceCodec("Page", "Page");
export const file = referenceCodec("File", "MediaImage", "GenericFile", "Video");

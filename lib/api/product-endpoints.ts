import { z } from "zod";
import { asOfInput } from "@/lib/catalog/as-of-input";
import type { ThumbnailWidth } from "@/lib/images/thumbnail";
import { endpoint } from "./endpoint";
import { ids } from "./fields";
import { metafieldBody, metafieldDeletion, metafieldParams } from "./metafields";
import { listOf } from "./paging";
import { productAsOfJson } from "./product-as-of";
import { newProductBody } from "./product-create";
import { metafieldJson, productDetailJson, productJson } from "./product-json";
import { productPatch } from "./product-patch";
import { productQuery, searchBody, searchQuery } from "./product-query";

export const productListJson = listOf(productJson).meta({ id: "ProductList" });

export const listProductsEndpoint = endpoint({
  method: "get",
  path: "/api/products",
  tag: "Products",
  summary: "Lists products",
  query: productQuery,
  answer: { json: productListJson },
  refusals: ["not_found"],
});

export const getProductEndpoint = endpoint({
  method: "get",
  path: "/api/products/{id}",
  tag: "Products",
  summary: "Gives one product with its codes, images and metafields, now or as of a time",
  ...ids,
  query: z.object({
    as_of: asOfInput.optional().describe("A time: the answer is the product as it was then. Without a zone it is UTC."),
  }),
  answer: { json: z.union([productDetailJson, productAsOfJson]) },
  refusals: ["conflict"],
});

export const postProductEndpoint = endpoint({
  method: "post",
  path: "/api/products",
  tag: "Products",
  summary: "Makes a product",
  description:
    "Its fields go by the names of `PATCH`; without a `status` it is a draft. The SKU must be free: one that is taken is a conflict.",
  body: newProductBody,
  answer: { json: productDetailJson, status: 201 },
  refusals: ["conflict"],
});

export const patchProductEndpoint = endpoint({
  method: "patch",
  path: "/api/products/{id}",
  tag: "Products",
  summary: "Changes fields of a product, all or none",
  description:
    "A field is sent as its new value or as `{from, to}`; values seen can also stand together under `from`. " +
    "Where a field is no longer what was seen, nothing is saved and the answer is 409 with both values of each such field.",
  ...ids,
  body: productPatch,
  answer: { json: productDetailJson },
  refusals: ["conflict"],
});

export const putMetafieldEndpoint = endpoint({
  method: "put",
  path: "/api/products/{id}/metafields/{namespace}/{key}",
  tag: "Products",
  summary: "Adds or edits a metafield",
  description: "A new name needs a `type`; from then on its type is fixed and every value is checked by it.",
  params: metafieldParams,
  body: metafieldBody,
  answer: { json: metafieldJson },
  refusals: ["conflict"],
});

export const deleteMetafieldEndpoint = endpoint({
  method: "delete",
  path: "/api/products/{id}/metafields/{namespace}/{key}",
  tag: "Products",
  summary: "Removes a metafield",
  params: metafieldParams,
  query: metafieldDeletion,
  answer: { status: 204 },
  refusals: ["conflict"],
});

export const searchProductsEndpoint = endpoint({
  method: "get",
  path: "/api/products/search",
  tag: "Products",
  summary: "Searches products by words and codes",
  query: searchQuery,
  answer: { json: productListJson },
  refusals: ["not_found"],
});

export const postSearchEndpoint = endpoint({
  method: "post",
  path: "/api/products/search",
  tag: "Products",
  summary: "Searches products by words and codes",
  body: searchBody,
  answer: { json: productListJson },
  refusals: ["not_found"],
});

export const postImageEndpoint = endpoint({
  method: "post",
  path: "/api/products/{id}/images",
  tag: "Products",
  summary: "Gives a product a picture",
  description:
    "The body is the file itself: JPEG, PNG, WebP, GIF or AVIF, at most 20 MB. It is kept as it comes and stands behind " +
    "the product's other pictures; feeds leave it alone.",
  ...ids,
  query: z.object({ name: z.string().min(1).max(200).describe("The file's name.") }),
  answer: { json: z.object({ image_id: z.number().int(), restored: z.boolean() }).meta({ id: "AddedImage" }) },
  refusals: ["conflict", "too_large"],
});

export const getImageEndpoint = endpoint({
  method: "get",
  path: "/api/images/{id}",
  tag: "Products",
  summary: "Gives a product's picture, or sends on to a placeholder",
  params: z.object({ id: z.coerce.number<string>().int().positive() }),
  query: z.object({
    v: z.string().optional().describe("The file's hash: what it names never changes and may be kept."),
    width: z
      .enum(["96", "400", "1200"])
      .transform((width) => Number(width) as ThumbnailWidth) // of the enumerated
      .optional()
      .describe("A smaller version as WebP, so many pixels wide or high at most."),
  }),
  answer: { media: ["image/*"] },
});

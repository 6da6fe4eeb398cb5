-- DropIndex
DROP INDEX "ProductImage_productId_sortOrder_idx";

-- DropIndex
DROP INDEX "ProductMetafield_namespace_key_idx";

CREATE INDEX "ProductMetafield_value" ON "ProductMetafield" ("namespace", "key", substr(lower("value"), 1, 120), "productId");

CREATE INDEX "ProductMetafield_number" ON "ProductMetafield" ("namespace", "key", "numberValue", "productId") WHERE "numberValue" IS NOT NULL;

CREATE INDEX "ProductMetafield_date" ON "ProductMetafield" ("namespace", "key", "dateValue", "productId") WHERE "dateValue" IS NOT NULL;

CREATE INDEX "ProductImage_shown" ON "ProductImage" ("productId", "sortOrder") WHERE "isActive";

CREATE INDEX "ProductImage_broken" ON "ProductImage" ("productId") WHERE "isActive" AND "failure" IS NOT NULL;

CREATE INDEX "Product_facts" ON "Product" ("id", "status", lower("manufacturer"),
    lower("manufacturerPartNumber"), lower("upc"), lower("variation"), "compareAtPriceCents", "costPriceCents",
    "weightGrams", "lengthMm", "widthMm", "heightMm", "createdAt", "archivedAt");

CREATE INDEX "SyncChange_open_kind" ON "SyncChange" ("kind", "openSince", "id") WHERE "openSince" IS NOT NULL;

CREATE INDEX "SyncHistory_in_review" ON "SyncHistory" ("feedSourceId", "number") WHERE "status" = 'review';

CREATE INDEX "ProductImage_waiting" ON "ProductImage" ("productId", "isActive", "storagePath", "failure") WHERE "isActive" AND "storagePath" IS NULL AND "failure" IS NULL;

CREATE INDEX "ProductImage_here" ON "ProductImage" ("isActive", "fileSize") WHERE "storagePath" IS NOT NULL;

CREATE INDEX "Product_undescribed" ON "Product" ("id") WHERE coalesce("description", '') = '';

CREATE INDEX "AuditEntry_product_edits" ON "AuditEntry" ("createdAt") WHERE "entity" = 'product';

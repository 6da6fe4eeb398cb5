-- CreateTable
CREATE TABLE "Category" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "parentId" TEXT,
    "level" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "sortOrder" INTEGER NOT NULL DEFAULT 0,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "shopifyCollectionId" TEXT,
    "shopifyHandle" TEXT,
    "shopifySyncedAt" DATETIME,
    "metadata" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Category_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Category" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Category_name_check" CHECK ("name" <> ''),
    CONSTRAINT "Category_slug_check" CHECK ("slug" <> ''),
    CONSTRAINT "Category_path_check" CHECK ("path" <> ''),
    CONSTRAINT "Category_level_check" CHECK ("level" >= 0),
    CONSTRAINT "Category_not_its_own_parent_check" CHECK ("parentId" <> "id")
);

-- CreateTable
CREATE TABLE "CategoryRedirect" (
    "path" TEXT NOT NULL PRIMARY KEY,
    "categoryId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "CategoryRedirect_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "CategoryRedirect_path_check" CHECK ("path" <> '')
);

-- CreateTable
CREATE TABLE "CatalogueVersion" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "CatalogueVersion_name_check" CHECK ("name" IN ('categories', 'products'))
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "shortDescription" TEXT NOT NULL DEFAULT '',
    "priceCents" INTEGER,
    "compareAtPriceCents" INTEGER,
    "costPriceCents" INTEGER,
    "brand" TEXT,
    "brandKey" TEXT,
    "manufacturer" TEXT,
    "manufacturerPartNumber" TEXT,
    "upc" TEXT,
    "variation" TEXT,
    "weightGrams" INTEGER,
    "lengthMm" INTEGER,
    "widthMm" INTEGER,
    "heightMm" INTEGER,
    "inventoryQuantity" INTEGER,
    "stockStatus" TEXT NOT NULL DEFAULT 'unknown',
    "seoTitle" TEXT,
    "seoDescription" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "handle" TEXT,
    "categoryId" TEXT,
    "shopifyProductId" TEXT,
    "shopifyVariantId" TEXT,
    "shopifySyncedAt" DATETIME,
    "customAttributes" JSONB,
    "contentHash" TEXT,
    "fieldSources" JSONB NOT NULL DEFAULT '{}',
    "createdByRunId" TEXT,
    "createdById" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "archivedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Product_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Product_createdByRunId_fkey" FOREIGN KEY ("createdByRunId") REFERENCES "SyncHistory" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Product_sku_check" CHECK ("sku" <> ''),
    CONSTRAINT "Product_name_check" CHECK ("name" <> ''),
    CONSTRAINT "Product_price_check" CHECK ("priceCents" > 0),
    CONSTRAINT "Product_compare_at_price_check" CHECK ("compareAtPriceCents" >= 0),
    CONSTRAINT "Product_cost_price_check" CHECK ("costPriceCents" >= 0),
    CONSTRAINT "Product_stockStatus_enum_check" CHECK ("stockStatus" IN ('in_stock', 'out_of_stock', 'backorder', 'discontinued', 'unknown')),
    CONSTRAINT "Product_status_enum_check" CHECK ("status" IN ('draft', 'active', 'archived'))
);

-- CreateTable
CREATE TABLE "ProductCode" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "productId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "normalized" TEXT NOT NULL,
    "gtin14" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "ProductCode_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ProductCode_type_check" CHECK ("type" <> ''),
    CONSTRAINT "ProductCode_code_check" CHECK ("code" <> '')
);

-- CreateTable
CREATE TABLE "ProductImage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "productId" TEXT NOT NULL,
    "url" TEXT NOT NULL DEFAULT '',
    "view" TEXT NOT NULL DEFAULT 'Front',
    "filename" TEXT NOT NULL DEFAULT '',
    "storagePath" TEXT,
    "altText" TEXT NOT NULL DEFAULT '',
    "width" INTEGER,
    "height" INTEGER,
    "fileSize" INTEGER,
    "format" TEXT,
    "fileHash" TEXT,
    "sortOrder" INTEGER NOT NULL DEFAULT 0,
    "isFeatured" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "shopifyImageId" TEXT,
    "shopifyImageUrl" TEXT,
    "metadata" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ProductImage_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ProductSearch" (
    "docId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "productId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "codes" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "ProductSearch_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Icon" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "categoryId" TEXT,
    "filename" TEXT NOT NULL,
    "storagePath" TEXT NOT NULL,
    "fileHash" TEXT NOT NULL,
    "fileSize" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "format" TEXT,
    "prompt" TEXT NOT NULL DEFAULT '',
    "style" TEXT NOT NULL DEFAULT '',
    "color" TEXT NOT NULL DEFAULT '',
    "background" TEXT NOT NULL DEFAULT '',
    "model" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'inactive',
    "generationTime" REAL,
    "generationCost" INTEGER,
    "batchId" TEXT,
    "createdById" TEXT,
    "reviewState" TEXT NOT NULL DEFAULT 'pending',
    "fileMissing" BOOLEAN NOT NULL DEFAULT false,
    "legacyId" TEXT,
    "shopifyImageId" TEXT,
    "shopifyImageUrl" TEXT,
    "metadata" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Icon_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Icon_file_size_check" CHECK ("fileSize" >= 0),
    CONSTRAINT "Icon_generation_cost_check" CHECK ("generationCost" >= 0),
    CONSTRAINT "Icon_status_enum_check" CHECK ("status" IN ('generating', 'active', 'inactive', 'failed')),
    CONSTRAINT "Icon_reviewState_enum_check" CHECK ("reviewState" IN ('pending', 'approved', 'rejected'))
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "jobType" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "progress" REAL NOT NULL DEFAULT 0,
    "currentStage" TEXT NOT NULL DEFAULT '',
    "stageProgress" JSONB,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB,
    "error" TEXT,
    "outputLog" TEXT NOT NULL DEFAULT '',
    "userId" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL DEFAULT 3,
    "workerId" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "heartbeatAt" DATETIME,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "scheduledAt" DATETIME,
    "startedAt" DATETIME,
    "completedAt" DATETIME,
    "estimatedSeconds" INTEGER,
    "metadata" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Job_progress_check" CHECK ("progress" >= 0 AND "progress" <= 100),
    CONSTRAINT "Job_attempts_check" CHECK ("attempts" >= 0),
    CONSTRAINT "Job_status_enum_check" CHECK ("status" IN ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'lost', 'parked'))
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pid" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "heartbeatAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "MetafieldDefinition" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "validations" JSONB NOT NULL DEFAULT '[]',
    "pinnedPosition" INTEGER,
    "externalKey" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "MetafieldDefinition_namespace_check" CHECK ("namespace" <> ''),
    CONSTRAINT "MetafieldDefinition_key_check" CHECK ("key" <> '')
);

-- CreateTable
CREATE TABLE "ProductMetafield" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "productId" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "numberValue" REAL,
    "dateValue" DATETIME,
    "description" TEXT NOT NULL DEFAULT '',
    "source" JSONB,
    "kept" BOOLEAN NOT NULL DEFAULT false,
    "feedValue" TEXT,
    "isVisible" BOOLEAN NOT NULL DEFAULT true,
    "displayOrder" INTEGER NOT NULL DEFAULT 0,
    "shopifyMetafieldId" TEXT,
    "shopifyOwnerId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ProductMetafield_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ProductMetafield_namespace_check" CHECK ("namespace" <> ''),
    CONSTRAINT "ProductMetafield_key_check" CHECK ("key" <> '')
);

-- CreateTable
CREATE TABLE "FeedSource" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "schedule" JSONB,
    "mapping" JSONB,
    "policies" JSONB NOT NULL DEFAULT '{}',
    "isSample" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "FeedSource_name_check" CHECK ("name" <> ''),
    CONSTRAINT "FeedSource_kind_enum_check" CHECK ("kind" IN ('etilize', 'shopify_csv', 'erp'))
);

-- CreateTable
CREATE TABLE "FeedFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "storagePath" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "FeedFile_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "FeedFile_bytes_check" CHECK ("bytes" >= 0)
);

-- CreateTable
CREATE TABLE "SyncHistory" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "syncType" TEXT NOT NULL DEFAULT 'product_sync',
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL DEFAULT 'local',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "feedSourceId" TEXT,
    "isDryRun" BOOLEAN NOT NULL DEFAULT false,
    "inputHash" TEXT,
    "totalItems" INTEGER NOT NULL DEFAULT 0,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "successful" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "deleted" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "repeated" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "heldReason" TEXT,
    "messages" JSONB NOT NULL DEFAULT '[]',
    "errors" JSONB NOT NULL DEFAULT '[]',
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "stages" JSONB NOT NULL DEFAULT '[]',
    "checkpoint" JSONB,
    "metadata" JSONB,
    "userId" TEXT,
    "jobId" TEXT,
    "startedAt" DATETIME,
    "completedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SyncHistory_feedSourceId_fkey" FOREIGN KEY ("feedSourceId") REFERENCES "FeedSource" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SyncHistory_number_check" CHECK ("number" >= 1),
    CONSTRAINT "SyncHistory_counts_check" CHECK ("totalItems" >= 0 AND "processed" >= 0 AND "successful" >= 0 AND "failed" >= 0 AND "skipped" >= 0 AND "created" >= 0 AND "updated" >= 0 AND "deleted" >= 0 AND "unchanged" >= 0 AND "missing" >= 0 AND "rejected" >= 0 AND "repeated" >= 0 AND "held" >= 0),
    CONSTRAINT "SyncHistory_status_enum_check" CHECK ("status" IN ('pending', 'running', 'review', 'success', 'partial', 'failed', 'cancelled', 'reverted'))
);

-- CreateTable
CREATE TABLE "SyncFile" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" TEXT NOT NULL,
    "feedFileId" TEXT,
    "name" TEXT NOT NULL,
    "hash" TEXT,
    "bytes" BIGINT NOT NULL,
    "encoding" TEXT NOT NULL,
    "rowsRead" INTEGER NOT NULL DEFAULT 0,
    "rowsStaged" INTEGER NOT NULL DEFAULT 0,
    "rowsUnchanged" INTEGER NOT NULL DEFAULT 0,
    "rowsRepeated" INTEGER NOT NULL DEFAULT 0,
    "rowsRejected" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "SyncFile_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SyncFile_feedFileId_fkey" FOREIGN KEY ("feedFileId") REFERENCES "FeedFile" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SyncFile_counts_check" CHECK ("bytes" >= 0 AND "rowsRead" >= 0 AND "rowsStaged" >= 0 AND "rowsUnchanged" >= 0 AND "rowsRepeated" >= 0 AND "rowsRejected" >= 0)
);

-- CreateTable
CREATE TABLE "SyncChange" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entityId" TEXT,
    "externalKey" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "action" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'staged',
    "reason" TEXT,
    "fields" JSONB NOT NULL,
    "file" TEXT,
    "line" INTEGER,
    "version" INTEGER,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "appliedAt" DATETIME,
    CONSTRAINT "SyncChange_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SyncChange_line_check" CHECK ("line" >= 1),
    CONSTRAINT "SyncChange_entity_enum_check" CHECK ("entity" IN ('category', 'product')),
    CONSTRAINT "SyncChange_action_enum_check" CHECK ("action" IN ('create', 'update', 'delete')),
    CONSTRAINT "SyncChange_kind_enum_check" CHECK ("kind" IN ('new', 'changed', 'moved', 'missing', 'returned', 'conflict', 'unmatched', 'ambiguous')),
    CONSTRAINT "SyncChange_state_enum_check" CHECK ("state" IN ('staged', 'approved', 'applied', 'skipped', 'rejected', 'failed', 'reverted'))
);

-- CreateTable
CREATE TABLE "SyncRejection" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "runId" TEXT NOT NULL,
    "severity" TEXT NOT NULL DEFAULT 'error',
    "file" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "column" TEXT,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "externalKey" TEXT,
    "raw" TEXT NOT NULL,
    "handledByRunId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "SyncRejection_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SyncRejection_line_check" CHECK ("line" >= 1),
    CONSTRAINT "SyncRejection_severity_check" CHECK ("severity" IN ('error', 'warning'))
);

-- CreateTable
CREATE TABLE "SourceItem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sourceId" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "externalKey" TEXT NOT NULL,
    "productId" TEXT,
    "categoryId" TEXT,
    "contentHash" TEXT NOT NULL,
    "fieldHashes" JSONB NOT NULL DEFAULT '{}',
    "missingSinceRunId" TEXT,
    "missingRuns" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SourceItem_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SourceItem_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SourceItem_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SourceItem_external_key_check" CHECK ("externalKey" <> ''),
    CONSTRAINT "SourceItem_missing_runs_check" CHECK ("missingRuns" >= 0),
    CONSTRAINT "SourceItem_entity_enum_check" CHECK ("entity" IN ('category', 'product'))
);

-- CreateTable
CREATE TABLE "CodeAlias" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sourceId" TEXT,
    "type" TEXT NOT NULL,
    "normalized" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "CodeAlias_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "CodeAlias_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" TEXT,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);

-- CreateTable
CREATE TABLE "SystemLog" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "loggerName" TEXT NOT NULL DEFAULT '',
    "module" TEXT NOT NULL DEFAULT '',
    "function" TEXT NOT NULL DEFAULT '',
    "lineNumber" INTEGER,
    "userId" TEXT,
    "jobId" TEXT,
    "sessionId" TEXT,
    "requestId" TEXT,
    "extraData" JSONB,
    "stackTrace" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);

-- CreateTable
CREATE TABLE "Configuration" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "dataType" TEXT NOT NULL DEFAULT 'string',
    "description" TEXT NOT NULL DEFAULT '',
    "category" TEXT NOT NULL DEFAULT 'general',
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "isEncrypted" BOOLEAN NOT NULL DEFAULT false,
    "validationRegex" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Configuration_data_type_check" CHECK ("dataType" IN ('string', 'integer', 'boolean', 'json'))
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "firstName" TEXT NOT NULL DEFAULT '',
    "lastName" TEXT NOT NULL DEFAULT '',
    "role" TEXT NOT NULL DEFAULT 'staff',
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "lastLoginAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "User_email_lower_check" CHECK ("email" = lower("email") AND "email" <> ''),
    CONSTRAINT "User_username_lower_check" CHECK ("username" = lower("username") AND "username" <> ''),
    CONSTRAINT "User_role_enum_check" CHECK ("role" IN ('staff', 'manager', 'admin'))
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "lastSeenAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "expiresAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoginThrottle" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastFailureAt" DATETIME NOT NULL,
    "blockedUntil" DATETIME,
    CONSTRAINT "LoginThrottle_failures_check" CHECK ("failures" >= 0)
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "lastFour" TEXT NOT NULL,
    "scopes" TEXT NOT NULL DEFAULT 'read',
    "lastUsedAt" DATETIME,
    "expiresAt" DATETIME,
    "revokedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Category_path_key" ON "Category"("path");

-- CreateIndex
CREATE INDEX "Category_parentId_sortOrder_nameKey_idx" ON "Category"("parentId", "sortOrder", "nameKey");

-- CreateIndex
CREATE INDEX "Category_nameKey_idx" ON "Category"("nameKey");

-- CreateIndex
CREATE INDEX "CategoryRedirect_categoryId_idx" ON "CategoryRedirect"("categoryId");

-- CreateIndex
CREATE UNIQUE INDEX "Product_sku_key" ON "Product"("sku");

-- CreateIndex
CREATE UNIQUE INDEX "Product_handle_key" ON "Product"("handle");

-- CreateIndex
CREATE INDEX "Product_categoryId_status_idx" ON "Product"("categoryId", "status");

-- CreateIndex
CREATE INDEX "Product_brand_categoryId_idx" ON "Product"("brand", "categoryId");

-- CreateIndex
CREATE INDEX "Product_nameKey_id_idx" ON "Product"("nameKey", "id");

-- CreateIndex
CREATE INDEX "Product_brandKey_id_idx" ON "Product"("brandKey", "id");

-- CreateIndex
CREATE INDEX "Product_priceCents_id_idx" ON "Product"("priceCents", "id");

-- CreateIndex
CREATE INDEX "Product_inventoryQuantity_id_idx" ON "Product"("inventoryQuantity", "id");

-- CreateIndex
CREATE INDEX "Product_updatedAt_id_idx" ON "Product"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Product_manufacturerPartNumber_idx" ON "Product"("manufacturerPartNumber");

-- CreateIndex
CREATE INDEX "Product_upc_idx" ON "Product"("upc");

-- CreateIndex
CREATE INDEX "Product_shopifyProductId_idx" ON "Product"("shopifyProductId");

-- CreateIndex
CREATE INDEX "Product_createdByRunId_idx" ON "Product"("createdByRunId");

-- CreateIndex
CREATE INDEX "ProductCode_normalized_type_idx" ON "ProductCode"("normalized", "type");

-- CreateIndex
CREATE INDEX "ProductCode_gtin14_idx" ON "ProductCode"("gtin14");

-- CreateIndex
CREATE UNIQUE INDEX "ProductCode_productId_type_code_key" ON "ProductCode"("productId", "type", "code");

-- CreateIndex
CREATE INDEX "ProductImage_productId_sortOrder_idx" ON "ProductImage"("productId", "sortOrder");

-- CreateIndex
CREATE UNIQUE INDEX "ProductImage_productId_fileHash_key" ON "ProductImage"("productId", "fileHash");

-- CreateIndex
CREATE UNIQUE INDEX "ProductImage_productId_view_url_key" ON "ProductImage"("productId", "view", "url");

-- CreateIndex
CREATE UNIQUE INDEX "ProductSearch_productId_key" ON "ProductSearch"("productId");

-- CreateIndex
CREATE UNIQUE INDEX "Icon_fileHash_key" ON "Icon"("fileHash");

-- CreateIndex
CREATE UNIQUE INDEX "Icon_legacyId_key" ON "Icon"("legacyId");

-- CreateIndex
CREATE INDEX "Icon_categoryId_status_idx" ON "Icon"("categoryId", "status");

-- CreateIndex
CREATE INDEX "Job_status_priority_createdAt_idx" ON "Job"("status", "priority", "createdAt");

-- CreateIndex
CREATE INDEX "Job_userId_status_idx" ON "Job"("userId", "status");

-- CreateIndex
CREATE INDEX "Job_createdAt_idx" ON "Job"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "MetafieldDefinition_externalKey_key" ON "MetafieldDefinition"("externalKey");

-- CreateIndex
CREATE UNIQUE INDEX "MetafieldDefinition_namespace_key_key" ON "MetafieldDefinition"("namespace", "key");

-- CreateIndex
CREATE INDEX "ProductMetafield_namespace_key_idx" ON "ProductMetafield"("namespace", "key");

-- CreateIndex
CREATE UNIQUE INDEX "ProductMetafield_productId_namespace_key_key" ON "ProductMetafield"("productId", "namespace", "key");

-- CreateIndex
CREATE UNIQUE INDEX "FeedSource_name_key" ON "FeedSource"("name");

-- CreateIndex
CREATE INDEX "FeedFile_sourceId_hash_idx" ON "FeedFile"("sourceId", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "SyncHistory_number_key" ON "SyncHistory"("number");

-- CreateIndex
CREATE INDEX "SyncHistory_startedAt_idx" ON "SyncHistory"("startedAt");

-- CreateIndex
CREATE INDEX "SyncHistory_syncType_status_idx" ON "SyncHistory"("syncType", "status");

-- CreateIndex
CREATE INDEX "SyncHistory_feedSourceId_number_idx" ON "SyncHistory"("feedSourceId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "SyncFile_runId_name_key" ON "SyncFile"("runId", "name");

-- CreateIndex
CREATE INDEX "SyncChange_runId_state_id_idx" ON "SyncChange"("runId", "state", "id");

-- CreateIndex
CREATE INDEX "SyncChange_runId_kind_id_idx" ON "SyncChange"("runId", "kind", "id");

-- CreateIndex
CREATE INDEX "SyncChange_entityId_id_idx" ON "SyncChange"("entityId", "id");

-- CreateIndex
CREATE INDEX "SyncRejection_runId_severity_id_idx" ON "SyncRejection"("runId", "severity", "id");

-- CreateIndex
CREATE INDEX "SourceItem_productId_idx" ON "SourceItem"("productId");

-- CreateIndex
CREATE INDEX "SourceItem_categoryId_idx" ON "SourceItem"("categoryId");

-- CreateIndex
CREATE UNIQUE INDEX "SourceItem_sourceId_entity_externalKey_key" ON "SourceItem"("sourceId", "entity", "externalKey");

-- CreateIndex
CREATE INDEX "CodeAlias_productId_idx" ON "CodeAlias"("productId");

-- CreateIndex
CREATE UNIQUE INDEX "CodeAlias_sourceId_type_normalized_key" ON "CodeAlias"("sourceId", "type", "normalized");

-- CreateIndex
CREATE INDEX "AuditEntry_entity_entityId_createdAt_idx" ON "AuditEntry"("entity", "entityId", "createdAt");

-- CreateIndex
CREATE INDEX "AuditEntry_createdAt_idx" ON "AuditEntry"("createdAt");

-- CreateIndex
CREATE INDEX "SystemLog_level_createdAt_idx" ON "SystemLog"("level", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "User_username_key" ON "User"("username");

-- CreateIndex
CREATE INDEX "User_createdAt_idx" ON "User"("createdAt");

-- CreateIndex
CREATE INDEX "Session_userId_endedAt_idx" ON "Session"("userId", "endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

INSERT INTO "CatalogueVersion" ("name", "version") VALUES ('categories', 0), ('products', 0);

CREATE UNIQUE INDEX "Icon_one_active_per_category" ON "Icon" ("categoryId") WHERE "status" = 'active';

CREATE UNIQUE INDEX "CodeAlias_every_source" ON "CodeAlias" ("type", "normalized") WHERE "sourceId" IS NULL;

CREATE TRIGGER "AuditEntry_no_update" BEFORE UPDATE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'AuditEntry is append-only');
END;

CREATE TRIGGER "AuditEntry_no_delete" BEFORE DELETE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'AuditEntry is append-only');
END;

CREATE VIRTUAL TABLE "product_search_fts" USING fts5(
    title, codes, body,
    content='ProductSearch', content_rowid='docId', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);
INSERT INTO "product_search_fts" ("product_search_fts") VALUES ('rebuild');

CREATE TRIGGER "ProductSearch_fts_insert" AFTER INSERT ON "ProductSearch"
BEGIN
    INSERT INTO "product_search_fts" (rowid, title, codes, body) VALUES (NEW."docId", NEW."title", NEW."codes", NEW."body");
END;

CREATE TRIGGER "ProductSearch_fts_delete" AFTER DELETE ON "ProductSearch"
BEGIN
    INSERT INTO "product_search_fts" ("product_search_fts", rowid, title, codes, body) VALUES ('delete', OLD."docId", OLD."title", OLD."codes", OLD."body");
END;

CREATE TRIGGER "ProductSearch_fts_update" AFTER UPDATE ON "ProductSearch"
BEGIN
    INSERT INTO "product_search_fts" ("product_search_fts", rowid, title, codes, body) VALUES ('delete', OLD."docId", OLD."title", OLD."codes", OLD."body");
    INSERT INTO "product_search_fts" (rowid, title, codes, body) VALUES (NEW."docId", NEW."title", NEW."codes", NEW."body");
END;

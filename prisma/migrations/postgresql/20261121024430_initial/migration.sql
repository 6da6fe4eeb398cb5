-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ProductStatus" AS ENUM ('draft', 'active', 'archived');

-- CreateEnum
CREATE TYPE "StockStatus" AS ENUM ('in_stock', 'out_of_stock', 'backorder', 'discontinued', 'unknown');

-- CreateEnum
CREATE TYPE "IconStatus" AS ENUM ('generating', 'active', 'inactive', 'failed');

-- CreateEnum
CREATE TYPE "ReviewState" AS ENUM ('pending', 'approved', 'rejected');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'lost', 'parked');

-- CreateEnum
CREATE TYPE "FeedKind" AS ENUM ('etilize', 'shopify_csv', 'erp');

-- CreateEnum
CREATE TYPE "SyncStatus" AS ENUM ('pending', 'running', 'review', 'success', 'partial', 'failed', 'cancelled', 'reverted');

-- CreateEnum
CREATE TYPE "SyncEntity" AS ENUM ('category', 'product');

-- CreateEnum
CREATE TYPE "SyncAction" AS ENUM ('create', 'update', 'delete');

-- CreateEnum
CREATE TYPE "SyncChangeKind" AS ENUM ('new', 'changed', 'moved', 'missing', 'returned', 'conflict', 'unmatched', 'ambiguous');

-- CreateEnum
CREATE TYPE "SyncChangeState" AS ENUM ('staged', 'approved', 'applied', 'skipped', 'rejected', 'failed', 'reverted');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('staff', 'manager', 'admin');

-- CreateTable
CREATE TABLE "Category" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nameKey" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "parentId" TEXT COLLATE "C",
    "level" INTEGER NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "sortOrder" INTEGER NOT NULL DEFAULT 0,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "shopifyCollectionId" TEXT COLLATE "C",
    "shopifyHandle" TEXT COLLATE "C",
    "shopifySyncedAt" TIMESTAMP(3),
    "metadata" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CategoryRedirect" (
    "path" TEXT COLLATE "C" NOT NULL,
    "categoryId" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CategoryRedirect_pkey" PRIMARY KEY ("path")
);

-- CreateTable
CREATE TABLE "CatalogueVersion" (
    "name" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CatalogueVersion_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sku" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nameKey" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "shortDescription" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "priceCents" INTEGER,
    "compareAtPriceCents" INTEGER,
    "costPriceCents" INTEGER,
    "brand" TEXT COLLATE "C",
    "brandKey" TEXT COLLATE "C",
    "manufacturer" TEXT COLLATE "C",
    "manufacturerPartNumber" TEXT COLLATE "C",
    "upc" TEXT COLLATE "C",
    "variation" TEXT COLLATE "C",
    "weightGrams" INTEGER,
    "lengthMm" INTEGER,
    "widthMm" INTEGER,
    "heightMm" INTEGER,
    "inventoryQuantity" INTEGER,
    "stockStatus" "StockStatus" NOT NULL DEFAULT 'unknown',
    "seoTitle" TEXT COLLATE "C",
    "seoDescription" TEXT COLLATE "C",
    "status" "ProductStatus" NOT NULL DEFAULT 'active',
    "handle" TEXT COLLATE "C",
    "categoryId" TEXT COLLATE "C",
    "shopifyProductId" TEXT COLLATE "C",
    "shopifyVariantId" TEXT COLLATE "C",
    "shopifySyncedAt" TIMESTAMP(3),
    "customAttributes" JSONB,
    "contentHash" TEXT COLLATE "C",
    "fieldSources" JSONB NOT NULL DEFAULT '{}',
    "createdByRunId" TEXT COLLATE "C",
    "createdById" TEXT COLLATE "C",
    "version" INTEGER NOT NULL DEFAULT 1,
    "archivedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProductCode" (
    "id" SERIAL NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "normalized" TEXT COLLATE "C" NOT NULL,
    "gtin14" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProductCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProductImage" (
    "id" SERIAL NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "view" TEXT COLLATE "C" NOT NULL DEFAULT 'Front',
    "filename" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "storagePath" TEXT COLLATE "C",
    "altText" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "width" INTEGER,
    "height" INTEGER,
    "fileSize" INTEGER,
    "format" TEXT COLLATE "C",
    "fileHash" TEXT COLLATE "C",
    "sortOrder" INTEGER NOT NULL DEFAULT 0,
    "isFeatured" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "shopifyImageId" TEXT COLLATE "C",
    "shopifyImageUrl" TEXT COLLATE "C",
    "metadata" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ProductImage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProductSearch" (
    "docId" SERIAL NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "codes" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ProductSearch_pkey" PRIMARY KEY ("docId")
);

-- CreateTable
CREATE TABLE "Icon" (
    "id" TEXT COLLATE "C" NOT NULL,
    "categoryId" TEXT COLLATE "C",
    "filename" TEXT COLLATE "C" NOT NULL,
    "storagePath" TEXT COLLATE "C" NOT NULL,
    "fileHash" TEXT COLLATE "C" NOT NULL,
    "fileSize" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "format" TEXT COLLATE "C",
    "prompt" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "style" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "color" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "background" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "model" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "status" "IconStatus" NOT NULL DEFAULT 'inactive',
    "generationTime" DOUBLE PRECISION,
    "generationCost" INTEGER,
    "batchId" TEXT COLLATE "C",
    "createdById" TEXT COLLATE "C",
    "reviewState" "ReviewState" NOT NULL DEFAULT 'pending',
    "fileMissing" BOOLEAN NOT NULL DEFAULT false,
    "legacyId" TEXT COLLATE "C",
    "shopifyImageId" TEXT COLLATE "C",
    "shopifyImageUrl" TEXT COLLATE "C",
    "metadata" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Icon_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT COLLATE "C" NOT NULL,
    "jobType" TEXT COLLATE "C" NOT NULL,
    "displayName" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "status" "JobStatus" NOT NULL DEFAULT 'pending',
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "currentStage" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "stageProgress" JSONB,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB,
    "error" TEXT COLLATE "C",
    "outputLog" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "userId" TEXT COLLATE "C",
    "priority" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL DEFAULT 3,
    "workerId" TEXT COLLATE "C",
    "fence" INTEGER NOT NULL DEFAULT 0,
    "heartbeatAt" TIMESTAMP(3),
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "scheduledAt" TIMESTAMP(3),
    "startedAt" TIMESTAMP(3),
    "completedAt" TIMESTAMP(3),
    "estimatedSeconds" INTEGER,
    "metadata" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" TEXT COLLATE "C" NOT NULL,
    "pid" INTEGER NOT NULL,
    "host" TEXT COLLATE "C" NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MetafieldDefinition" (
    "id" TEXT COLLATE "C" NOT NULL,
    "namespace" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "validations" JSONB NOT NULL DEFAULT '[]',
    "pinnedPosition" INTEGER,
    "externalKey" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MetafieldDefinition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProductMetafield" (
    "id" SERIAL NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "namespace" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "numberValue" DOUBLE PRECISION,
    "dateValue" TIMESTAMP(3),
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "source" JSONB,
    "kept" BOOLEAN NOT NULL DEFAULT false,
    "feedValue" TEXT COLLATE "C",
    "isVisible" BOOLEAN NOT NULL DEFAULT true,
    "displayOrder" INTEGER NOT NULL DEFAULT 0,
    "shopifyMetafieldId" TEXT COLLATE "C",
    "shopifyOwnerId" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ProductMetafield_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedSource" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" "FeedKind" NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "schedule" JSONB,
    "mapping" JSONB,
    "policies" JSONB NOT NULL DEFAULT '{}',
    "isSample" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FeedSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedFile" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL,
    "bytes" BIGINT NOT NULL,
    "storagePath" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FeedFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncHistory" (
    "id" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "syncType" TEXT COLLATE "C" NOT NULL DEFAULT 'product_sync',
    "source" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL DEFAULT 'local',
    "status" "SyncStatus" NOT NULL DEFAULT 'pending',
    "feedSourceId" TEXT COLLATE "C",
    "isDryRun" BOOLEAN NOT NULL DEFAULT false,
    "inputHash" TEXT COLLATE "C",
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
    "heldReason" TEXT COLLATE "C",
    "messages" JSONB NOT NULL DEFAULT '[]',
    "errors" JSONB NOT NULL DEFAULT '[]',
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "stages" JSONB NOT NULL DEFAULT '[]',
    "checkpoint" JSONB,
    "metadata" JSONB,
    "userId" TEXT COLLATE "C",
    "jobId" TEXT COLLATE "C",
    "startedAt" TIMESTAMP(3),
    "completedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SyncHistory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncFile" (
    "id" SERIAL NOT NULL,
    "runId" TEXT COLLATE "C" NOT NULL,
    "feedFileId" TEXT COLLATE "C",
    "name" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C",
    "bytes" BIGINT NOT NULL,
    "encoding" TEXT COLLATE "C" NOT NULL,
    "rowsRead" INTEGER NOT NULL DEFAULT 0,
    "rowsStaged" INTEGER NOT NULL DEFAULT 0,
    "rowsUnchanged" INTEGER NOT NULL DEFAULT 0,
    "rowsRepeated" INTEGER NOT NULL DEFAULT 0,
    "rowsRejected" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SyncFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncChange" (
    "id" SERIAL NOT NULL,
    "runId" TEXT COLLATE "C" NOT NULL,
    "entity" "SyncEntity" NOT NULL,
    "entityId" TEXT COLLATE "C",
    "externalKey" TEXT COLLATE "C" NOT NULL,
    "label" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "action" "SyncAction" NOT NULL,
    "kind" "SyncChangeKind" NOT NULL,
    "state" "SyncChangeState" NOT NULL DEFAULT 'staged',
    "reason" TEXT COLLATE "C",
    "fields" JSONB NOT NULL,
    "file" TEXT COLLATE "C",
    "line" INTEGER,
    "version" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMP(3),

    CONSTRAINT "SyncChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SyncRejection" (
    "id" SERIAL NOT NULL,
    "runId" TEXT COLLATE "C" NOT NULL,
    "severity" TEXT COLLATE "C" NOT NULL DEFAULT 'error',
    "file" TEXT COLLATE "C" NOT NULL,
    "line" INTEGER NOT NULL,
    "column" TEXT COLLATE "C",
    "code" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "externalKey" TEXT COLLATE "C",
    "raw" TEXT COLLATE "C" NOT NULL,
    "handledByRunId" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SyncRejection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceItem" (
    "id" SERIAL NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "entity" "SyncEntity" NOT NULL,
    "externalKey" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C",
    "categoryId" TEXT COLLATE "C",
    "contentHash" TEXT COLLATE "C" NOT NULL,
    "fieldHashes" JSONB NOT NULL DEFAULT '{}',
    "missingSinceRunId" TEXT COLLATE "C",
    "missingRuns" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SourceItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CodeAlias" (
    "id" SERIAL NOT NULL,
    "sourceId" TEXT COLLATE "C",
    "type" TEXT COLLATE "C" NOT NULL,
    "normalized" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "createdById" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CodeAlias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" SERIAL NOT NULL,
    "userId" TEXT COLLATE "C",
    "actorName" TEXT COLLATE "C" NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "entity" TEXT COLLATE "C" NOT NULL,
    "entityId" TEXT COLLATE "C" NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SystemLog" (
    "id" SERIAL NOT NULL,
    "level" TEXT COLLATE "C" NOT NULL,
    "message" TEXT COLLATE "C" NOT NULL,
    "loggerName" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "module" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "function" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "lineNumber" INTEGER,
    "userId" TEXT COLLATE "C",
    "jobId" TEXT COLLATE "C",
    "sessionId" TEXT COLLATE "C",
    "requestId" TEXT COLLATE "C",
    "extraData" JSONB,
    "stackTrace" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SystemLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Configuration" (
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "dataType" TEXT COLLATE "C" NOT NULL DEFAULT 'string',
    "description" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "category" TEXT COLLATE "C" NOT NULL DEFAULT 'general',
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "isEncrypted" BOOLEAN NOT NULL DEFAULT false,
    "validationRegex" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Configuration_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT COLLATE "C" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "username" TEXT COLLATE "C" NOT NULL,
    "passwordHash" TEXT COLLATE "C" NOT NULL,
    "firstName" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "lastName" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "role" "Role" NOT NULL DEFAULT 'staff',
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "lastLoginAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "userAgent" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "address" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginThrottle" (
    "key" TEXT COLLATE "C" NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lastFailureAt" TIMESTAMP(3) NOT NULL,
    "blockedUntil" TIMESTAMP(3),

    CONSTRAINT "LoginThrottle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "tokenHash" TEXT COLLATE "C" NOT NULL,
    "lastFour" TEXT COLLATE "C" NOT NULL,
    "scopes" TEXT COLLATE "C" NOT NULL DEFAULT 'read',
    "lastUsedAt" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "Category" ADD CONSTRAINT "Category_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CategoryRedirect" ADD CONSTRAINT "CategoryRedirect_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Product" ADD CONSTRAINT "Product_createdByRunId_fkey" FOREIGN KEY ("createdByRunId") REFERENCES "SyncHistory"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductCode" ADD CONSTRAINT "ProductCode_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductImage" ADD CONSTRAINT "ProductImage_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductSearch" ADD CONSTRAINT "ProductSearch_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Icon" ADD CONSTRAINT "Icon_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductMetafield" ADD CONSTRAINT "ProductMetafield_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedFile" ADD CONSTRAINT "FeedFile_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_feedSourceId_fkey" FOREIGN KEY ("feedSourceId") REFERENCES "FeedSource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncFile" ADD CONSTRAINT "SyncFile_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncFile" ADD CONSTRAINT "SyncFile_feedFileId_fkey" FOREIGN KEY ("feedFileId") REFERENCES "FeedFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncChange" ADD CONSTRAINT "SyncChange_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncRejection" ADD CONSTRAINT "SyncRejection_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceItem" ADD CONSTRAINT "SourceItem_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceItem" ADD CONSTRAINT "SourceItem_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SourceItem" ADD CONSTRAINT "SourceItem_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CodeAlias" ADD CONSTRAINT "CodeAlias_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CodeAlias" ADD CONSTRAINT "CodeAlias_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_check" CHECK ("email" = lower("email") AND "email" <> '');
ALTER TABLE "User" ADD CONSTRAINT "User_username_lower_check" CHECK ("username" = lower("username") AND "username" <> '');
ALTER TABLE "LoginThrottle" ADD CONSTRAINT "LoginThrottle_failures_check" CHECK ("failures" >= 0);
ALTER TABLE "Category" ADD CONSTRAINT "Category_name_check" CHECK ("name" <> '');
ALTER TABLE "Category" ADD CONSTRAINT "Category_slug_check" CHECK ("slug" <> '');
ALTER TABLE "Category" ADD CONSTRAINT "Category_path_check" CHECK ("path" <> '');
ALTER TABLE "Category" ADD CONSTRAINT "Category_level_check" CHECK ("level" >= 0);
ALTER TABLE "Category" ADD CONSTRAINT "Category_not_its_own_parent_check" CHECK ("parentId" <> "id");
ALTER TABLE "CategoryRedirect" ADD CONSTRAINT "CategoryRedirect_path_check" CHECK ("path" <> '');
ALTER TABLE "CatalogueVersion" ADD CONSTRAINT "CatalogueVersion_name_check" CHECK ("name" IN ('categories', 'products'));
ALTER TABLE "Product" ADD CONSTRAINT "Product_sku_check" CHECK ("sku" <> '');
ALTER TABLE "Product" ADD CONSTRAINT "Product_name_check" CHECK ("name" <> '');
ALTER TABLE "Product" ADD CONSTRAINT "Product_price_check" CHECK ("priceCents" > 0);
ALTER TABLE "Product" ADD CONSTRAINT "Product_compare_at_price_check" CHECK ("compareAtPriceCents" >= 0);
ALTER TABLE "Product" ADD CONSTRAINT "Product_cost_price_check" CHECK ("costPriceCents" >= 0);
ALTER TABLE "ProductCode" ADD CONSTRAINT "ProductCode_type_check" CHECK ("type" <> '');
ALTER TABLE "ProductCode" ADD CONSTRAINT "ProductCode_code_check" CHECK ("code" <> '');
ALTER TABLE "MetafieldDefinition" ADD CONSTRAINT "MetafieldDefinition_namespace_check" CHECK ("namespace" <> '');
ALTER TABLE "MetafieldDefinition" ADD CONSTRAINT "MetafieldDefinition_key_check" CHECK ("key" <> '');
ALTER TABLE "ProductMetafield" ADD CONSTRAINT "ProductMetafield_namespace_check" CHECK ("namespace" <> '');
ALTER TABLE "ProductMetafield" ADD CONSTRAINT "ProductMetafield_key_check" CHECK ("key" <> '');
ALTER TABLE "Icon" ADD CONSTRAINT "Icon_file_size_check" CHECK ("fileSize" >= 0);
ALTER TABLE "Icon" ADD CONSTRAINT "Icon_generation_cost_check" CHECK ("generationCost" >= 0);
ALTER TABLE "FeedSource" ADD CONSTRAINT "FeedSource_name_check" CHECK ("name" <> '');
ALTER TABLE "FeedFile" ADD CONSTRAINT "FeedFile_bytes_check" CHECK ("bytes" >= 0);
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_number_check" CHECK ("number" >= 1);
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_counts_check" CHECK ("totalItems" >= 0 AND "processed" >= 0 AND "successful" >= 0 AND "failed" >= 0 AND "skipped" >= 0 AND "created" >= 0 AND "updated" >= 0 AND "deleted" >= 0 AND "unchanged" >= 0 AND "missing" >= 0 AND "rejected" >= 0 AND "repeated" >= 0 AND "held" >= 0);
ALTER TABLE "SyncFile" ADD CONSTRAINT "SyncFile_counts_check" CHECK ("bytes" >= 0 AND "rowsRead" >= 0 AND "rowsStaged" >= 0 AND "rowsUnchanged" >= 0 AND "rowsRepeated" >= 0 AND "rowsRejected" >= 0);
ALTER TABLE "SyncChange" ADD CONSTRAINT "SyncChange_line_check" CHECK ("line" >= 1);
ALTER TABLE "SyncRejection" ADD CONSTRAINT "SyncRejection_line_check" CHECK ("line" >= 1);
ALTER TABLE "SyncRejection" ADD CONSTRAINT "SyncRejection_severity_check" CHECK ("severity" IN ('error', 'warning'));
ALTER TABLE "SourceItem" ADD CONSTRAINT "SourceItem_external_key_check" CHECK ("externalKey" <> '');
ALTER TABLE "SourceItem" ADD CONSTRAINT "SourceItem_missing_runs_check" CHECK ("missingRuns" >= 0);
ALTER TABLE "Job" ADD CONSTRAINT "Job_progress_check" CHECK ("progress" >= 0 AND "progress" <= 100);
ALTER TABLE "Job" ADD CONSTRAINT "Job_attempts_check" CHECK ("attempts" >= 0);
ALTER TABLE "Configuration" ADD CONSTRAINT "Configuration_data_type_check" CHECK ("dataType" IN ('string', 'integer', 'boolean', 'json'));

INSERT INTO "CatalogueVersion" ("name", "version") VALUES ('categories', 0), ('products', 0);

CREATE UNIQUE INDEX "Icon_one_active_per_category" ON "Icon" ("categoryId") WHERE "status" = 'active';

CREATE UNIQUE INDEX "CodeAlias_every_source" ON "CodeAlias" ("type", "normalized") WHERE "sourceId" IS NULL;

CREATE OR REPLACE FUNCTION "AuditEntry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'AuditEntry is append-only';
END
$$;
CREATE TRIGGER "AuditEntry_no_update" BEFORE UPDATE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "AuditEntry_refuse"();

CREATE OR REPLACE FUNCTION "AuditEntry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'AuditEntry is append-only';
END
$$;
CREATE TRIGGER "AuditEntry_no_delete" BEFORE DELETE ON "AuditEntry"
  FOR EACH ROW EXECUTE FUNCTION "AuditEntry_refuse"();

CREATE TRIGGER "AuditEntry_no_truncate" BEFORE TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "AuditEntry_refuse"();

CREATE INDEX "ProductSearch_vector_idx" ON "ProductSearch" USING gin ((setweight(to_tsvector('simple'::regconfig, "title"), 'A') || setweight(to_tsvector('simple'::regconfig, "codes"), 'A') || setweight(to_tsvector('simple'::regconfig, "body"), 'C')));

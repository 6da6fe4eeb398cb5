-- AlterTable
ALTER TABLE "ProductImage" ADD COLUMN "failure" TEXT;
ALTER TABLE "ProductImage" ADD COLUMN "fetchedAt" DATETIME;
ALTER TABLE "ProductImage" ADD COLUMN "perceptualHash" TEXT;

-- CreateTable
CREATE TABLE "ProductRedirect" (
    "productId" TEXT NOT NULL PRIMARY KEY,
    "targetId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "ProductRedirect_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ProductQuality" (
    "productId" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "score" INTEGER NOT NULL,
    "grade" TEXT NOT NULL,
    "missingRequired" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ProductQuality_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SearchWord" (
    "word" TEXT NOT NULL PRIMARY KEY,
    "products" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "query" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SavedView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DefaultView" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "viewId" TEXT NOT NULL,
    CONSTRAINT "DefaultView_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "DefaultView_viewId_fkey" FOREIGN KEY ("viewId") REFERENCES "SavedView" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DuplicateGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "score" REAL NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "suggestedId" TEXT,
    "answeredById" TEXT,
    "answeredAt" DATETIME,
    "runId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "DuplicateGroup_state_enum_check" CHECK ("state" IN ('open', 'dismissed', 'merged'))
);

-- CreateTable
CREATE TABLE "DuplicateMember" (
    "groupId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,

    PRIMARY KEY ("groupId", "productId"),
    CONSTRAINT "DuplicateMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DuplicateGroup" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "DuplicateMember_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CategoryTemplateEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "categoryId" TEXT NOT NULL,
    "definitionId" TEXT NOT NULL,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "CategoryTemplateEntry_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "CategoryTemplateEntry_definitionId_fkey" FOREIGN KEY ("definitionId") REFERENCES "MetafieldDefinition" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CategoryMetafield" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "categoryId" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "CategoryMetafield_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_MetafieldDefinition" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "validations" JSONB NOT NULL DEFAULT '[]',
    "pinnedPosition" INTEGER,
    "externalKey" TEXT,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "MetafieldDefinition_namespace_check" CHECK ("namespace" <> ''),
    CONSTRAINT "MetafieldDefinition_key_check" CHECK ("key" <> '')
);
INSERT INTO "new_MetafieldDefinition" ("createdAt", "description", "externalKey", "id", "key", "name", "namespace", "pinnedPosition", "type", "updatedAt", "validations") SELECT "createdAt", "description", "externalKey", "id", "key", "name", "namespace", "pinnedPosition", "type", "updatedAt", "validations" FROM "MetafieldDefinition";
DROP TABLE "MetafieldDefinition";
ALTER TABLE "new_MetafieldDefinition" RENAME TO "MetafieldDefinition";
CREATE UNIQUE INDEX "MetafieldDefinition_externalKey_key" ON "MetafieldDefinition"("externalKey");
CREATE UNIQUE INDEX "MetafieldDefinition_namespace_key_key" ON "MetafieldDefinition"("namespace", "key");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "ProductRedirect_targetId_idx" ON "ProductRedirect"("targetId");

-- CreateIndex
CREATE INDEX "ProductQuality_grade_productId_idx" ON "ProductQuality"("grade", "productId");

-- CreateIndex
CREATE INDEX "ProductQuality_missingRequired_productId_idx" ON "ProductQuality"("missingRequired", "productId");

-- CreateIndex
CREATE INDEX "SearchWord_products_idx" ON "SearchWord"("products");

-- CreateIndex
CREATE INDEX "SavedView_isShared_name_idx" ON "SavedView"("isShared", "name");

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_ownerId_name_key" ON "SavedView"("ownerId", "name");

-- CreateIndex
CREATE INDEX "DefaultView_viewId_idx" ON "DefaultView"("viewId");

-- CreateIndex
CREATE UNIQUE INDEX "DuplicateGroup_key_key" ON "DuplicateGroup"("key");

-- CreateIndex
CREATE INDEX "DuplicateGroup_state_score_idx" ON "DuplicateGroup"("state", "score");

-- CreateIndex
CREATE INDEX "DuplicateMember_productId_idx" ON "DuplicateMember"("productId");

-- CreateIndex
CREATE INDEX "CategoryTemplateEntry_definitionId_idx" ON "CategoryTemplateEntry"("definitionId");

-- CreateIndex
CREATE UNIQUE INDEX "CategoryTemplateEntry_categoryId_definitionId_key" ON "CategoryTemplateEntry"("categoryId", "definitionId");

-- CreateIndex
CREATE UNIQUE INDEX "CategoryMetafield_categoryId_namespace_key_key" ON "CategoryMetafield"("categoryId", "namespace", "key");

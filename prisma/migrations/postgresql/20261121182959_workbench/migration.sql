-- CreateEnum
CREATE TYPE "DuplicateState" AS ENUM ('open', 'dismissed', 'merged');

-- AlterTable
ALTER TABLE "ProductImage" ADD COLUMN     "failure" TEXT COLLATE "C",
ADD COLUMN     "fetchedAt" TIMESTAMP(3),
ADD COLUMN     "perceptualHash" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "MetafieldDefinition" ADD COLUMN     "isRequired" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "ProductRedirect" (
    "productId" TEXT COLLATE "C" NOT NULL,
    "targetId" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProductRedirect_pkey" PRIMARY KEY ("productId")
);

-- CreateTable
CREATE TABLE "ProductQuality" (
    "productId" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,
    "score" INTEGER NOT NULL,
    "grade" TEXT COLLATE "C" NOT NULL,
    "missingRequired" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ProductQuality_pkey" PRIMARY KEY ("productId")
);

-- CreateTable
CREATE TABLE "SearchWord" (
    "word" TEXT COLLATE "C" NOT NULL,
    "products" INTEGER NOT NULL,

    CONSTRAINT "SearchWord_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "ownerId" TEXT COLLATE "C" NOT NULL,
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "query" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DefaultView" (
    "userId" TEXT COLLATE "C" NOT NULL,
    "viewId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "DefaultView_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "DuplicateGroup" (
    "id" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "evidence" JSONB NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "state" "DuplicateState" NOT NULL DEFAULT 'open',
    "suggestedId" TEXT COLLATE "C",
    "answeredById" TEXT COLLATE "C",
    "answeredAt" TIMESTAMP(3),
    "runId" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DuplicateGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DuplicateMember" (
    "groupId" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "DuplicateMember_pkey" PRIMARY KEY ("groupId","productId")
);

-- CreateTable
CREATE TABLE "CategoryTemplateEntry" (
    "id" SERIAL NOT NULL,
    "categoryId" TEXT COLLATE "C" NOT NULL,
    "definitionId" TEXT COLLATE "C" NOT NULL,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CategoryTemplateEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CategoryMetafield" (
    "id" SERIAL NOT NULL,
    "categoryId" TEXT COLLATE "C" NOT NULL,
    "namespace" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CategoryMetafield_pkey" PRIMARY KEY ("id")
);

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

-- AddForeignKey
ALTER TABLE "ProductRedirect" ADD CONSTRAINT "ProductRedirect_targetId_fkey" FOREIGN KEY ("targetId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProductQuality" ADD CONSTRAINT "ProductQuality_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DefaultView" ADD CONSTRAINT "DefaultView_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DefaultView" ADD CONSTRAINT "DefaultView_viewId_fkey" FOREIGN KEY ("viewId") REFERENCES "SavedView"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DuplicateMember" ADD CONSTRAINT "DuplicateMember_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "DuplicateGroup"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DuplicateMember" ADD CONSTRAINT "DuplicateMember_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CategoryTemplateEntry" ADD CONSTRAINT "CategoryTemplateEntry_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CategoryTemplateEntry" ADD CONSTRAINT "CategoryTemplateEntry_definitionId_fkey" FOREIGN KEY ("definitionId") REFERENCES "MetafieldDefinition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CategoryMetafield" ADD CONSTRAINT "CategoryMetafield_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateEnum
CREATE TYPE "FetchOutcome" AS ENUM ('running', 'received', 'unchanged', 'waiting', 'failed', 'cancelled');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "FeedKind" ADD VALUE 'csv';
ALTER TYPE "FeedKind" ADD VALUE 'category_json';

-- AlterEnum
ALTER TYPE "SyncChangeKind" ADD VALUE 'removed';

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "pauseRequested" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "FeedSource" DROP COLUMN "mapping",
ADD COLUMN     "nextFetchAt" TIMESTAMP(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "FeedFile" ADD COLUMN     "prunedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "SyncHistory" ADD COLUMN     "changeBytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "mappingVersion" INTEGER,
ADD COLUMN     "profile" JSONB,
ADD COLUMN     "prunedAt" TIMESTAMP(3),
ADD COLUMN     "retriesRunId" TEXT COLLATE "C",
ADD COLUMN     "trigger" TEXT COLLATE "C" NOT NULL DEFAULT 'manual',
ADD COLUMN     "undoesRunId" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "SyncChangeDetail" (
    "changeId" INTEGER NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "SyncChangeDetail_pkey" PRIMARY KEY ("changeId")
);

-- What the changes said moves to its own table.
INSERT INTO "SyncChangeDetail" ("changeId", "fields") SELECT "id", "fields" FROM "SyncChange";

-- AlterTable
ALTER TABLE "SyncChange" DROP COLUMN "fields",
ADD COLUMN     "answer" TEXT COLLATE "C",
ADD COLUMN     "answeredAt" TIMESTAMP(3),
ADD COLUMN     "answeredById" TEXT COLLATE "C",
ADD COLUMN     "openSince" TIMESTAMP(3),
ADD COLUMN     "rule" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "SyncRejection" ADD COLUMN     "dismissedAt" TIMESTAMP(3),
ADD COLUMN     "dismissedById" TEXT COLLATE "C";

-- AlterTable
ALTER TABLE "SourceItem" ADD COLUMN     "tombstonedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "CodeAlias" ALTER COLUMN "productId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "FeedMapping" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,
    "mapping" JSONB NOT NULL,
    "note" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "createdById" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FeedMapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedFetch" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "outcome" "FetchOutcome" NOT NULL DEFAULT 'running',
    "trigger" TEXT COLLATE "C" NOT NULL DEFAULT 'manual',
    "message" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "files" JSONB NOT NULL DEFAULT '[]',
    "jobId" TEXT COLLATE "C",
    "runId" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C",
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "FeedFetch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApprovalRule" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C",
    "field" TEXT COLLATE "C" NOT NULL,
    "maxIncreasePercent" DOUBLE PRECISION,
    "maxDecreasePercent" DOUBLE PRECISION,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ApprovalRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxAssignment" (
    "subject" TEXT COLLATE "C" NOT NULL,
    "assigneeId" TEXT COLLATE "C" NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "InboxAssignment_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "InboxComment" (
    "id" SERIAL NOT NULL,
    "subject" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C",
    "author" TEXT COLLATE "C" NOT NULL,
    "text" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InboxComment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "FeedMapping_sourceId_version_key" ON "FeedMapping"("sourceId", "version");

-- CreateIndex
CREATE INDEX "FeedFetch_sourceId_startedAt_idx" ON "FeedFetch"("sourceId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApprovalRule_name_key" ON "ApprovalRule"("name");

-- CreateIndex
CREATE INDEX "ApprovalRule_sourceId_idx" ON "ApprovalRule"("sourceId");

-- CreateIndex
CREATE INDEX "InboxAssignment_assigneeId_idx" ON "InboxAssignment"("assigneeId");

-- CreateIndex
CREATE INDEX "InboxComment_subject_id_idx" ON "InboxComment"("subject", "id");

-- CreateIndex
CREATE INDEX "FeedSource_nextFetchAt_idx" ON "FeedSource"("nextFetchAt");

-- CreateIndex
CREATE UNIQUE INDEX "SyncHistory_undoesRunId_key" ON "SyncHistory"("undoesRunId");

-- CreateIndex
CREATE INDEX "SyncHistory_retriesRunId_idx" ON "SyncHistory"("retriesRunId");

-- AddForeignKey
ALTER TABLE "FeedMapping" ADD CONSTRAINT "FeedMapping_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedFetch" ADD CONSTRAINT "FeedFetch_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_undoesRunId_fkey" FOREIGN KEY ("undoesRunId") REFERENCES "SyncHistory"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_retriesRunId_fkey" FOREIGN KEY ("retriesRunId") REFERENCES "SyncHistory"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncChangeDetail" ADD CONSTRAINT "SyncChangeDetail_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "SyncChange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxAssignment" ADD CONSTRAINT "InboxAssignment_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_trigger_check" CHECK ("trigger" IN ('manual', 'schedule', 'undo', 'retry', 'answer'));
ALTER TABLE "SyncHistory" ADD CONSTRAINT "SyncHistory_not_its_own_undo_check" CHECK ("undoesRunId" <> "id");
ALTER TABLE "FeedMapping" ADD CONSTRAINT "FeedMapping_version_check" CHECK ("version" >= 1);
ALTER TABLE "FeedFetch" ADD CONSTRAINT "FeedFetch_trigger_check" CHECK ("trigger" IN ('manual', 'schedule'));
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_name_check" CHECK ("name" <> '');
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_field_check" CHECK ("field" <> '');
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_limits_check" CHECK (COALESCE("maxIncreasePercent", 0) >= 0 AND COALESCE("maxDecreasePercent", 0) >= 0);
ALTER TABLE "InboxAssignment" ADD CONSTRAINT "InboxAssignment_subject_check" CHECK ("subject" <> '');
ALTER TABLE "InboxComment" ADD CONSTRAINT "InboxComment_subject_check" CHECK ("subject" <> '');
ALTER TABLE "InboxComment" ADD CONSTRAINT "InboxComment_text_check" CHECK ("text" <> '');

CREATE INDEX "SyncChange_open" ON "SyncChange" ("openSince", "id") WHERE "openSince" IS NOT NULL;

CREATE INDEX "SyncRejection_open" ON "SyncRejection" ("id") WHERE "severity" = 'error' AND "handledByRunId" IS NULL AND "dismissedAt" IS NULL;

CREATE INDEX "SyncChange_applied" ON "SyncChange" ("appliedAt", "id") WHERE "appliedAt" IS NOT NULL;

-- What waited for a person goes on waiting.
UPDATE "SyncChange" SET "openSince" = "createdAt" WHERE "state" = 'staged' AND "kind" IN ('ambiguous', 'unmatched')
  AND "runId" IN (SELECT "id" FROM "SyncHistory" WHERE NOT "isDryRun");

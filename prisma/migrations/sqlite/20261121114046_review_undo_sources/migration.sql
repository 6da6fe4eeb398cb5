-- AlterTable
ALTER TABLE "FeedFile" ADD COLUMN "prunedAt" DATETIME;

-- AlterTable
ALTER TABLE "SyncRejection" ADD COLUMN "dismissedAt" DATETIME;
ALTER TABLE "SyncRejection" ADD COLUMN "dismissedById" TEXT;

-- AlterTable
ALTER TABLE "SourceItem" ADD COLUMN "tombstonedAt" DATETIME;

-- CreateTable
CREATE TABLE "FeedMapping" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "mapping" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "FeedMapping_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FeedMapping_version_check" CHECK ("version" >= 1)
);

-- CreateTable
CREATE TABLE "FeedFetch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'running',
    "trigger" TEXT NOT NULL DEFAULT 'manual',
    "message" TEXT NOT NULL DEFAULT '',
    "files" JSONB NOT NULL DEFAULT '[]',
    "jobId" TEXT,
    "runId" TEXT,
    "userId" TEXT,
    "startedAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "finishedAt" DATETIME,
    CONSTRAINT "FeedFetch_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FeedFetch_trigger_check" CHECK ("trigger" IN ('manual', 'schedule')),
    CONSTRAINT "FeedFetch_outcome_enum_check" CHECK ("outcome" IN ('running', 'received', 'unchanged', 'waiting', 'failed', 'cancelled'))
);

-- CreateTable
CREATE TABLE "SyncChangeDetail" (
    "changeId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "fields" JSONB NOT NULL,
    CONSTRAINT "SyncChangeDetail_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "SyncChange" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What the changes said moves to its own table.
INSERT INTO "SyncChangeDetail" ("changeId", "fields") SELECT "id", "fields" FROM "SyncChange";

-- CreateTable
CREATE TABLE "ApprovalRule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "sourceId" TEXT,
    "field" TEXT NOT NULL,
    "maxIncreasePercent" REAL,
    "maxDecreasePercent" REAL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "ApprovalRule_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ApprovalRule_name_check" CHECK ("name" <> ''),
    CONSTRAINT "ApprovalRule_field_check" CHECK ("field" <> ''),
    CONSTRAINT "ApprovalRule_limits_check" CHECK (COALESCE("maxIncreasePercent", 0) >= 0 AND COALESCE("maxDecreasePercent", 0) >= 0)
);

-- CreateTable
CREATE TABLE "InboxAssignment" (
    "subject" TEXT NOT NULL PRIMARY KEY,
    "assigneeId" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "InboxAssignment_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "InboxAssignment_subject_check" CHECK ("subject" <> '')
);

-- CreateTable
CREATE TABLE "InboxComment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subject" TEXT NOT NULL,
    "userId" TEXT,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "InboxComment_subject_check" CHECK ("subject" <> ''),
    CONSTRAINT "InboxComment_text_check" CHECK ("text" <> '')
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Job" (
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
    "pauseRequested" BOOLEAN NOT NULL DEFAULT false,
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
INSERT INTO "new_Job" ("attempts", "cancelRequested", "completedAt", "createdAt", "currentStage", "description", "displayName", "error", "estimatedSeconds", "fence", "heartbeatAt", "id", "jobType", "maxAttempts", "metadata", "options", "outputLog", "parameters", "priority", "progress", "result", "scheduledAt", "stageProgress", "startedAt", "status", "updatedAt", "userId", "workerId") SELECT "attempts", "cancelRequested", "completedAt", "createdAt", "currentStage", "description", "displayName", "error", "estimatedSeconds", "fence", "heartbeatAt", "id", "jobType", "maxAttempts", "metadata", "options", "outputLog", "parameters", "priority", "progress", "result", "scheduledAt", "stageProgress", "startedAt", "status", "updatedAt", "userId", "workerId" FROM "Job";
DROP TABLE "Job";
ALTER TABLE "new_Job" RENAME TO "Job";
CREATE INDEX "Job_status_priority_createdAt_idx" ON "Job"("status", "priority", "createdAt");
CREATE INDEX "Job_userId_status_idx" ON "Job"("userId", "status");
CREATE INDEX "Job_createdAt_idx" ON "Job"("createdAt");
CREATE TABLE "new_FeedSource" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "schedule" JSONB,
    "nextFetchAt" DATETIME,
    "policies" JSONB NOT NULL DEFAULT '{}',
    "isSample" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "FeedSource_name_check" CHECK ("name" <> ''),
    CONSTRAINT "FeedSource_kind_enum_check" CHECK ("kind" IN ('etilize', 'shopify_csv', 'erp', 'csv', 'category_json'))
);
INSERT INTO "new_FeedSource" ("connection", "createdAt", "id", "isActive", "isSample", "kind", "name", "policies", "schedule", "updatedAt") SELECT "connection", "createdAt", "id", "isActive", "isSample", "kind", "name", "policies", "schedule", "updatedAt" FROM "FeedSource";
DROP TABLE "FeedSource";
ALTER TABLE "new_FeedSource" RENAME TO "FeedSource";
CREATE UNIQUE INDEX "FeedSource_name_key" ON "FeedSource"("name");
CREATE INDEX "FeedSource_nextFetchAt_idx" ON "FeedSource"("nextFetchAt");
CREATE TABLE "new_SyncHistory" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "syncType" TEXT NOT NULL DEFAULT 'product_sync',
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL DEFAULT 'local',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "feedSourceId" TEXT,
    "isDryRun" BOOLEAN NOT NULL DEFAULT false,
    "trigger" TEXT NOT NULL DEFAULT 'manual',
    "mappingVersion" INTEGER,
    "undoesRunId" TEXT,
    "retriesRunId" TEXT,
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
    "profile" JSONB,
    "changeBytes" BIGINT NOT NULL DEFAULT 0,
    "prunedAt" DATETIME,
    "userId" TEXT,
    "jobId" TEXT,
    "startedAt" DATETIME,
    "completedAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SyncHistory_feedSourceId_fkey" FOREIGN KEY ("feedSourceId") REFERENCES "FeedSource" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SyncHistory_undoesRunId_fkey" FOREIGN KEY ("undoesRunId") REFERENCES "SyncHistory" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "SyncHistory_retriesRunId_fkey" FOREIGN KEY ("retriesRunId") REFERENCES "SyncHistory" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "SyncHistory_number_check" CHECK ("number" >= 1),
    CONSTRAINT "SyncHistory_trigger_check" CHECK ("trigger" IN ('manual', 'schedule', 'undo', 'retry', 'answer')),
    CONSTRAINT "SyncHistory_not_its_own_undo_check" CHECK ("undoesRunId" <> "id"),
    CONSTRAINT "SyncHistory_counts_check" CHECK ("totalItems" >= 0 AND "processed" >= 0 AND "successful" >= 0 AND "failed" >= 0 AND "skipped" >= 0 AND "created" >= 0 AND "updated" >= 0 AND "deleted" >= 0 AND "unchanged" >= 0 AND "missing" >= 0 AND "rejected" >= 0 AND "repeated" >= 0 AND "held" >= 0),
    CONSTRAINT "SyncHistory_status_enum_check" CHECK ("status" IN ('pending', 'running', 'review', 'success', 'partial', 'failed', 'cancelled', 'reverted'))
);
INSERT INTO "new_SyncHistory" ("checkpoint", "completedAt", "created", "createdAt", "deleted", "errors", "failed", "feedSourceId", "held", "heldReason", "id", "inputHash", "isDryRun", "jobId", "messages", "metadata", "missing", "number", "processed", "rejected", "repeated", "skipped", "source", "stages", "startedAt", "status", "successful", "syncType", "target", "totalItems", "unchanged", "updated", "updatedAt", "userId", "warnings") SELECT "checkpoint", "completedAt", "created", "createdAt", "deleted", "errors", "failed", "feedSourceId", "held", "heldReason", "id", "inputHash", "isDryRun", "jobId", "messages", "metadata", "missing", "number", "processed", "rejected", "repeated", "skipped", "source", "stages", "startedAt", "status", "successful", "syncType", "target", "totalItems", "unchanged", "updated", "updatedAt", "userId", "warnings" FROM "SyncHistory";
DROP TABLE "SyncHistory";
ALTER TABLE "new_SyncHistory" RENAME TO "SyncHistory";
CREATE UNIQUE INDEX "SyncHistory_number_key" ON "SyncHistory"("number");
CREATE UNIQUE INDEX "SyncHistory_undoesRunId_key" ON "SyncHistory"("undoesRunId");
CREATE INDEX "SyncHistory_startedAt_idx" ON "SyncHistory"("startedAt");
CREATE INDEX "SyncHistory_syncType_status_idx" ON "SyncHistory"("syncType", "status");
CREATE INDEX "SyncHistory_feedSourceId_number_idx" ON "SyncHistory"("feedSourceId", "number");
CREATE INDEX "SyncHistory_retriesRunId_idx" ON "SyncHistory"("retriesRunId");
CREATE TABLE "new_SyncChange" (
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
    "file" TEXT,
    "line" INTEGER,
    "version" INTEGER,
    "rule" TEXT,
    "openSince" DATETIME,
    "answeredById" TEXT,
    "answeredAt" DATETIME,
    "answer" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "appliedAt" DATETIME,
    CONSTRAINT "SyncChange_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SyncHistory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SyncChange_line_check" CHECK ("line" >= 1),
    CONSTRAINT "SyncChange_entity_enum_check" CHECK ("entity" IN ('category', 'product')),
    CONSTRAINT "SyncChange_action_enum_check" CHECK ("action" IN ('create', 'update', 'delete')),
    CONSTRAINT "SyncChange_kind_enum_check" CHECK ("kind" IN ('new', 'changed', 'moved', 'missing', 'returned', 'conflict', 'unmatched', 'ambiguous', 'removed')),
    CONSTRAINT "SyncChange_state_enum_check" CHECK ("state" IN ('staged', 'approved', 'applied', 'skipped', 'rejected', 'failed', 'reverted'))
);
INSERT INTO "new_SyncChange" ("action", "appliedAt", "createdAt", "entity", "entityId", "externalKey", "file", "id", "kind", "label", "line", "name", "reason", "runId", "state", "version") SELECT "action", "appliedAt", "createdAt", "entity", "entityId", "externalKey", "file", "id", "kind", "label", "line", "name", "reason", "runId", "state", "version" FROM "SyncChange";
DROP TABLE "SyncChange";
ALTER TABLE "new_SyncChange" RENAME TO "SyncChange";
CREATE INDEX "SyncChange_runId_state_id_idx" ON "SyncChange"("runId", "state", "id");
CREATE INDEX "SyncChange_runId_kind_id_idx" ON "SyncChange"("runId", "kind", "id");
CREATE INDEX "SyncChange_entityId_id_idx" ON "SyncChange"("entityId", "id");
CREATE TABLE "new_CodeAlias" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sourceId" TEXT,
    "type" TEXT NOT NULL,
    "normalized" TEXT NOT NULL,
    "productId" TEXT,
    "createdById" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "CodeAlias_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "FeedSource" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "CodeAlias_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_CodeAlias" ("createdAt", "createdById", "id", "normalized", "productId", "sourceId", "type") SELECT "createdAt", "createdById", "id", "normalized", "productId", "sourceId", "type" FROM "CodeAlias";
DROP TABLE "CodeAlias";
ALTER TABLE "new_CodeAlias" RENAME TO "CodeAlias";
CREATE INDEX "CodeAlias_productId_idx" ON "CodeAlias"("productId");
CREATE UNIQUE INDEX "CodeAlias_sourceId_type_normalized_key" ON "CodeAlias"("sourceId", "type", "normalized");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

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

CREATE UNIQUE INDEX "CodeAlias_every_source" ON "CodeAlias" ("type", "normalized") WHERE "sourceId" IS NULL;

CREATE INDEX "SyncChange_open" ON "SyncChange" ("openSince", "id") WHERE "openSince" IS NOT NULL;

CREATE INDEX "SyncRejection_open" ON "SyncRejection" ("id") WHERE "severity" = 'error' AND "handledByRunId" IS NULL AND "dismissedAt" IS NULL;

CREATE INDEX "SyncChange_applied" ON "SyncChange" ("appliedAt", "id") WHERE "appliedAt" IS NOT NULL;

-- What waited for a person goes on waiting.
UPDATE "SyncChange" SET "openSince" = "createdAt" WHERE "state" = 'staged' AND "kind" IN ('ambiguous', 'unmatched')
  AND "runId" IN (SELECT "id" FROM "SyncHistory" WHERE NOT "isDryRun");

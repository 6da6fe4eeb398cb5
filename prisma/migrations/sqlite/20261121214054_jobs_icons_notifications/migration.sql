-- CreateTable
CREATE TABLE "IconBatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "jobId" TEXT,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL DEFAULT '',
    "style" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "background" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "variations" INTEGER NOT NULL DEFAULT 1,
    "ceilingMicros" INTEGER,
    "userId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    CONSTRAINT "IconBatch_number_check" CHECK ("number" >= 1),
    CONSTRAINT "IconBatch_provider_check" CHECK ("provider" IN ('built-in', 'endpoint')),
    CONSTRAINT "IconBatch_size_check" CHECK ("size" >= 16 AND "size" <= 4096),
    CONSTRAINT "IconBatch_variations_check" CHECK ("variations" >= 1),
    CONSTRAINT "IconBatch_ceiling_check" CHECK ("ceilingMicros" >= 0)
);

-- CreateTable
CREATE TABLE "IconGeneration" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "batchId" TEXT NOT NULL,
    "categoryId" TEXT,
    "categoryPath" TEXT NOT NULL,
    "variation" INTEGER NOT NULL DEFAULT 1,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL DEFAULT '',
    "prompt" TEXT NOT NULL,
    "style" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "background" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "cacheKey" TEXT NOT NULL,
    "isFromCache" BOOLEAN NOT NULL DEFAULT false,
    "iconId" TEXT,
    "fileHash" TEXT,
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "seconds" REAL,
    "costMicros" INTEGER,
    "userId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "startedAt" DATETIME,
    "completedAt" DATETIME,
    CONSTRAINT "IconGeneration_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "IconBatch" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "IconGeneration_iconId_fkey" FOREIGN KEY ("iconId") REFERENCES "Icon" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "IconGeneration_cost_check" CHECK ("costMicros" >= 0),
    CONSTRAINT "IconGeneration_variation_check" CHECK ("variation" >= 1),
    CONSTRAINT "IconGeneration_attempts_check" CHECK ("attempts" >= 0),
    CONSTRAINT "IconGeneration_status_enum_check" CHECK ("status" IN ('waiting', 'running', 'succeeded', 'failed', 'skipped'))
);

-- CreateTable
CREATE TABLE "IconActivation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "categoryId" TEXT NOT NULL,
    "iconId" TEXT,
    "fileHash" TEXT,
    "userId" TEXT,
    "actorName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);

-- CreateTable
CREATE TABLE "JobAttempt" (
    "jobId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "workerId" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "endedAt" DATETIME,
    "outcome" TEXT,
    "error" TEXT,

    PRIMARY KEY ("jobId", "number"),
    CONSTRAINT "JobAttempt_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "JobAttempt_number_check" CHECK ("number" >= 1),
    CONSTRAINT "JobAttempt_outcome_check" CHECK ("outcome" IN ('completed', 'failed', 'lost', 'paused', 'cancelled', 'stopped'))
);

-- CreateTable
CREATE TABLE "JobStage" (
    "jobId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "endedAt" DATETIME,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "unit" TEXT NOT NULL DEFAULT '',

    PRIMARY KEY ("jobId", "ordinal"),
    CONSTRAINT "JobStage_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "JobStage_ordinal_check" CHECK ("ordinal" >= 1)
);

-- CreateTable
CREATE TABLE "JobLine" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "jobId" TEXT NOT NULL,
    "at" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "level" TEXT NOT NULL DEFAULT 'info',
    "text" TEXT NOT NULL,
    CONSTRAINT "JobLine_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "JobLine_level_check" CHECK ("level" IN ('info', 'warning', 'error'))
);

-- CreateTable
CREATE TABLE "JobSchedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "jobType" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "cron" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "missedPolicy" TEXT NOT NULL DEFAULT 'once',
    "nextAt" DATETIME,
    "lastAt" DATETIME,
    "lastProblem" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "userId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "JobSchedule_name_check" CHECK ("name" <> ''),
    CONSTRAINT "JobSchedule_cron_check" CHECK ("cron" <> ''),
    CONSTRAINT "JobSchedule_missed_policy_check" CHECK ("missedPolicy" IN ('once', 'skip')),
    CONSTRAINT "JobSchedule_version_check" CHECK ("version" >= 1)
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "href" TEXT NOT NULL,
    "readAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER))
);

-- CreateTable
CREATE TABLE "NotificationChannel" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "userId" TEXT,
    "address" TEXT NOT NULL,
    "secret" TEXT,
    "kinds" JSONB NOT NULL DEFAULT '[]',
    "digest" TEXT NOT NULL DEFAULT 'none',
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "hour" INTEGER NOT NULL DEFAULT 8,
    "nextDigestAt" DATETIME,
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "lastProblem" TEXT,
    "lastSentAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "NotificationChannel_name_check" CHECK ("name" <> ''),
    CONSTRAINT "NotificationChannel_address_check" CHECK ("address" <> ''),
    CONSTRAINT "NotificationChannel_digest_check" CHECK ("digest" IN ('none', 'hourly', 'daily')),
    CONSTRAINT "NotificationChannel_hour_check" CHECK ("hour" >= 0 AND "hour" <= 23),
    CONSTRAINT "NotificationChannel_kind_enum_check" CHECK ("kind" IN ('webhook', 'email'))
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "notificationId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "problem" TEXT,
    "sentAt" DATETIME,
    CONSTRAINT "NotificationDelivery_notificationId_fkey" FOREIGN KEY ("notificationId") REFERENCES "Notification" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "NotificationDelivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "NotificationChannel" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "NotificationDelivery_status_enum_check" CHECK ("status" IN ('waiting', 'sent', 'failed'))
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Icon" (
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
    "perceptualHash" TEXT,
    "batchId" TEXT,
    "collectionId" TEXT,
    "legacyCategory" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
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
    CONSTRAINT "Icon_version_check" CHECK ("version" >= 1),
    CONSTRAINT "Icon_status_enum_check" CHECK ("status" IN ('generating', 'active', 'inactive', 'failed')),
    CONSTRAINT "Icon_reviewState_enum_check" CHECK ("reviewState" IN ('pending', 'approved', 'rejected'))
);
INSERT INTO "new_Icon" ("background", "batchId", "categoryId", "color", "createdAt", "createdById", "fileHash", "fileMissing", "fileSize", "filename", "format", "generationCost", "generationTime", "height", "id", "legacyId", "metadata", "model", "prompt", "reviewState", "shopifyImageId", "shopifyImageUrl", "status", "storagePath", "style", "updatedAt", "width") SELECT "background", "batchId", "categoryId", "color", "createdAt", "createdById", "fileHash", "fileMissing", "fileSize", "filename", "format", "generationCost", "generationTime", "height", "id", "legacyId", "metadata", "model", "prompt", "reviewState", "shopifyImageId", "shopifyImageUrl", "status", "storagePath", "style", "updatedAt", "width" FROM "Icon";
DROP TABLE "Icon";
ALTER TABLE "new_Icon" RENAME TO "Icon";
CREATE UNIQUE INDEX "Icon_fileHash_key" ON "Icon"("fileHash");
CREATE UNIQUE INDEX "Icon_legacyId_key" ON "Icon"("legacyId");
CREATE INDEX "Icon_createdAt_idx" ON "Icon"("createdAt");
CREATE INDEX "Icon_reviewState_createdAt_idx" ON "Icon"("reviewState", "createdAt");
CREATE INDEX "Icon_categoryId_status_idx" ON "Icon"("categoryId", "status");
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
    "clonedFromId" TEXT,
    "scheduleId" TEXT,
    "metadata" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000 AS INTEGER)),
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Job_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "JobSchedule" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Job_progress_check" CHECK ("progress" >= 0 AND "progress" <= 100),
    CONSTRAINT "Job_attempts_check" CHECK ("attempts" >= 0),
    CONSTRAINT "Job_status_enum_check" CHECK ("status" IN ('pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'lost', 'parked'))
);
INSERT INTO "new_Job" ("attempts", "cancelRequested", "completedAt", "createdAt", "currentStage", "description", "displayName", "error", "estimatedSeconds", "fence", "heartbeatAt", "id", "jobType", "maxAttempts", "metadata", "options", "outputLog", "parameters", "pauseRequested", "priority", "progress", "result", "scheduledAt", "stageProgress", "startedAt", "status", "updatedAt", "userId", "workerId") SELECT "attempts", "cancelRequested", "completedAt", "createdAt", "currentStage", "description", "displayName", "error", "estimatedSeconds", "fence", "heartbeatAt", "id", "jobType", "maxAttempts", "metadata", "options", "outputLog", "parameters", "pauseRequested", "priority", "progress", "result", "scheduledAt", "stageProgress", "startedAt", "status", "updatedAt", "userId", "workerId" FROM "Job";
DROP TABLE "Job";
ALTER TABLE "new_Job" RENAME TO "Job";
CREATE INDEX "Job_status_priority_createdAt_idx" ON "Job"("status", "priority", "createdAt");
CREATE INDEX "Job_scheduleId_createdAt_idx" ON "Job"("scheduleId", "createdAt");
CREATE INDEX "Job_jobType_status_completedAt_idx" ON "Job"("jobType", "status", "completedAt");
CREATE INDEX "Job_userId_status_idx" ON "Job"("userId", "status");
CREATE INDEX "Job_createdAt_idx" ON "Job"("createdAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "IconBatch_number_key" ON "IconBatch"("number");

-- CreateIndex
CREATE INDEX "IconBatch_createdAt_idx" ON "IconBatch"("createdAt");

-- CreateIndex
CREATE INDEX "IconGeneration_batchId_status_id_idx" ON "IconGeneration"("batchId", "status", "id");

-- CreateIndex
CREATE INDEX "IconGeneration_categoryId_createdAt_idx" ON "IconGeneration"("categoryId", "createdAt");

-- CreateIndex
CREATE INDEX "IconGeneration_cacheKey_status_idx" ON "IconGeneration"("cacheKey", "status");

-- CreateIndex
CREATE INDEX "IconGeneration_completedAt_idx" ON "IconGeneration"("completedAt");

-- CreateIndex
CREATE INDEX "IconGeneration_iconId_idx" ON "IconGeneration"("iconId");

-- CreateIndex
CREATE INDEX "IconActivation_categoryId_id_idx" ON "IconActivation"("categoryId", "id");

-- CreateIndex
CREATE INDEX "JobLine_jobId_id_idx" ON "JobLine"("jobId", "id");

-- CreateIndex
CREATE INDEX "JobSchedule_nextAt_idx" ON "JobSchedule"("nextAt");

-- CreateIndex
CREATE INDEX "Notification_userId_createdAt_idx" ON "Notification"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "NotificationChannel_userId_idx" ON "NotificationChannel"("userId");

-- CreateIndex
CREATE INDEX "NotificationChannel_nextDigestAt_idx" ON "NotificationChannel"("nextDigestAt");

-- CreateIndex
CREATE INDEX "NotificationDelivery_status_nextAt_idx" ON "NotificationDelivery"("status", "nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_notificationId_channelId_key" ON "NotificationDelivery"("notificationId", "channelId");

CREATE UNIQUE INDEX "Icon_one_active_per_category" ON "Icon" ("categoryId") WHERE "status" = 'active';

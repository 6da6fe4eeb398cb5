-- CreateEnum
CREATE TYPE "IconGenerationStatus" AS ENUM ('waiting', 'running', 'succeeded', 'failed', 'skipped');

-- CreateEnum
CREATE TYPE "ChannelKind" AS ENUM ('webhook', 'email');

-- CreateEnum
CREATE TYPE "DeliveryStatus" AS ENUM ('waiting', 'sent', 'failed');

-- AlterTable
ALTER TABLE "Icon" ADD COLUMN     "collectionId" TEXT COLLATE "C",
ADD COLUMN     "legacyCategory" TEXT COLLATE "C",
ADD COLUMN     "perceptualHash" TEXT COLLATE "C",
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "clonedFromId" TEXT COLLATE "C",
ADD COLUMN     "scheduleId" TEXT COLLATE "C";

-- CreateTable
CREATE TABLE "IconBatch" (
    "id" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "jobId" TEXT COLLATE "C",
    "provider" TEXT COLLATE "C" NOT NULL,
    "model" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "style" TEXT COLLATE "C" NOT NULL,
    "color" TEXT COLLATE "C" NOT NULL,
    "background" TEXT COLLATE "C" NOT NULL,
    "size" INTEGER NOT NULL,
    "instructions" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "variations" INTEGER NOT NULL DEFAULT 1,
    "ceilingMicros" INTEGER,
    "userId" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IconBatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IconGeneration" (
    "id" TEXT COLLATE "C" NOT NULL,
    "batchId" TEXT COLLATE "C" NOT NULL,
    "categoryId" TEXT COLLATE "C",
    "categoryPath" TEXT COLLATE "C" NOT NULL,
    "variation" INTEGER NOT NULL DEFAULT 1,
    "provider" TEXT COLLATE "C" NOT NULL,
    "model" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "prompt" TEXT COLLATE "C" NOT NULL,
    "style" TEXT COLLATE "C" NOT NULL,
    "color" TEXT COLLATE "C" NOT NULL,
    "background" TEXT COLLATE "C" NOT NULL,
    "size" INTEGER NOT NULL,
    "status" "IconGenerationStatus" NOT NULL DEFAULT 'waiting',
    "cacheKey" TEXT COLLATE "C" NOT NULL,
    "isFromCache" BOOLEAN NOT NULL DEFAULT false,
    "iconId" TEXT COLLATE "C",
    "fileHash" TEXT COLLATE "C",
    "problem" TEXT COLLATE "C",
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "seconds" DOUBLE PRECISION,
    "costMicros" INTEGER,
    "userId" TEXT COLLATE "C",
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "completedAt" TIMESTAMP(3),

    CONSTRAINT "IconGeneration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IconActivation" (
    "id" SERIAL NOT NULL,
    "categoryId" TEXT COLLATE "C" NOT NULL,
    "iconId" TEXT COLLATE "C",
    "fileHash" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C",
    "actorName" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IconActivation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobAttempt" (
    "jobId" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "workerId" TEXT COLLATE "C" NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),
    "outcome" TEXT COLLATE "C",
    "error" TEXT COLLATE "C",

    CONSTRAINT "JobAttempt_pkey" PRIMARY KEY ("jobId","number")
);

-- CreateTable
CREATE TABLE "JobStage" (
    "jobId" TEXT COLLATE "C" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "unit" TEXT COLLATE "C" NOT NULL DEFAULT '',

    CONSTRAINT "JobStage_pkey" PRIMARY KEY ("jobId","ordinal")
);

-- CreateTable
CREATE TABLE "JobLine" (
    "id" SERIAL NOT NULL,
    "jobId" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT COLLATE "C" NOT NULL DEFAULT 'info',
    "text" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "JobLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobSchedule" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "jobType" TEXT COLLATE "C" NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "priority" INTEGER NOT NULL DEFAULT 0,
    "cron" TEXT COLLATE "C" NOT NULL,
    "timeZone" TEXT COLLATE "C" NOT NULL,
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "missedPolicy" TEXT COLLATE "C" NOT NULL DEFAULT 'once',
    "nextAt" TIMESTAMP(3),
    "lastAt" TIMESTAMP(3),
    "lastProblem" TEXT COLLATE "C",
    "version" INTEGER NOT NULL DEFAULT 1,
    "userId" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobSchedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "href" TEXT COLLATE "C" NOT NULL,
    "readAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationChannel" (
    "id" TEXT COLLATE "C" NOT NULL,
    "kind" "ChannelKind" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "userId" TEXT COLLATE "C",
    "address" TEXT COLLATE "C" NOT NULL,
    "secret" TEXT COLLATE "C",
    "kinds" JSONB NOT NULL DEFAULT '[]',
    "digest" TEXT COLLATE "C" NOT NULL DEFAULT 'none',
    "timeZone" TEXT COLLATE "C" NOT NULL DEFAULT 'UTC',
    "hour" INTEGER NOT NULL DEFAULT 8,
    "nextDigestAt" TIMESTAMP(3),
    "isPaused" BOOLEAN NOT NULL DEFAULT false,
    "lastProblem" TEXT COLLATE "C",
    "lastSentAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "NotificationChannel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" SERIAL NOT NULL,
    "notificationId" TEXT COLLATE "C" NOT NULL,
    "channelId" TEXT COLLATE "C" NOT NULL,
    "status" "DeliveryStatus" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "problem" TEXT COLLATE "C",
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "NotificationDelivery_pkey" PRIMARY KEY ("id")
);

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

-- CreateIndex
CREATE INDEX "Icon_createdAt_idx" ON "Icon"("createdAt");

-- CreateIndex
CREATE INDEX "Icon_reviewState_createdAt_idx" ON "Icon"("reviewState", "createdAt");

-- CreateIndex
CREATE INDEX "Job_scheduleId_createdAt_idx" ON "Job"("scheduleId", "createdAt");

-- CreateIndex
CREATE INDEX "Job_jobType_status_completedAt_idx" ON "Job"("jobType", "status", "completedAt");

-- AddForeignKey
ALTER TABLE "IconGeneration" ADD CONSTRAINT "IconGeneration_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "IconBatch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IconGeneration" ADD CONSTRAINT "IconGeneration_iconId_fkey" FOREIGN KEY ("iconId") REFERENCES "Icon"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "JobSchedule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobAttempt" ADD CONSTRAINT "JobAttempt_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobStage" ADD CONSTRAINT "JobStage_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobLine" ADD CONSTRAINT "JobLine_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_notificationId_fkey" FOREIGN KEY ("notificationId") REFERENCES "Notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "NotificationChannel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Icon" ADD CONSTRAINT "Icon_version_check" CHECK ("version" >= 1);
ALTER TABLE "IconBatch" ADD CONSTRAINT "IconBatch_number_check" CHECK ("number" >= 1);
ALTER TABLE "IconBatch" ADD CONSTRAINT "IconBatch_provider_check" CHECK ("provider" IN ('built-in', 'endpoint'));
ALTER TABLE "IconBatch" ADD CONSTRAINT "IconBatch_size_check" CHECK ("size" >= 16 AND "size" <= 4096);
ALTER TABLE "IconBatch" ADD CONSTRAINT "IconBatch_variations_check" CHECK ("variations" >= 1);
ALTER TABLE "IconBatch" ADD CONSTRAINT "IconBatch_ceiling_check" CHECK ("ceilingMicros" >= 0);
ALTER TABLE "IconGeneration" ADD CONSTRAINT "IconGeneration_cost_check" CHECK ("costMicros" >= 0);
ALTER TABLE "IconGeneration" ADD CONSTRAINT "IconGeneration_variation_check" CHECK ("variation" >= 1);
ALTER TABLE "IconGeneration" ADD CONSTRAINT "IconGeneration_attempts_check" CHECK ("attempts" >= 0);
ALTER TABLE "JobAttempt" ADD CONSTRAINT "JobAttempt_number_check" CHECK ("number" >= 1);
ALTER TABLE "JobAttempt" ADD CONSTRAINT "JobAttempt_outcome_check" CHECK ("outcome" IN ('completed', 'failed', 'lost', 'paused', 'cancelled', 'stopped'));
ALTER TABLE "JobStage" ADD CONSTRAINT "JobStage_ordinal_check" CHECK ("ordinal" >= 1);
ALTER TABLE "JobLine" ADD CONSTRAINT "JobLine_level_check" CHECK ("level" IN ('info', 'warning', 'error'));
ALTER TABLE "JobSchedule" ADD CONSTRAINT "JobSchedule_name_check" CHECK ("name" <> '');
ALTER TABLE "JobSchedule" ADD CONSTRAINT "JobSchedule_cron_check" CHECK ("cron" <> '');
ALTER TABLE "JobSchedule" ADD CONSTRAINT "JobSchedule_missed_policy_check" CHECK ("missedPolicy" IN ('once', 'skip'));
ALTER TABLE "JobSchedule" ADD CONSTRAINT "JobSchedule_version_check" CHECK ("version" >= 1);
ALTER TABLE "NotificationChannel" ADD CONSTRAINT "NotificationChannel_name_check" CHECK ("name" <> '');
ALTER TABLE "NotificationChannel" ADD CONSTRAINT "NotificationChannel_address_check" CHECK ("address" <> '');
ALTER TABLE "NotificationChannel" ADD CONSTRAINT "NotificationChannel_digest_check" CHECK ("digest" IN ('none', 'hourly', 'daily'));
ALTER TABLE "NotificationChannel" ADD CONSTRAINT "NotificationChannel_hour_check" CHECK ("hour" >= 0 AND "hour" <= 23);

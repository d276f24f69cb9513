-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL DEFAULT '',
    "firstName" TEXT NOT NULL DEFAULT '',
    "lastName" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "locale" TEXT,
    "timeZone" TEXT,
    "status" TEXT NOT NULL DEFAULT 'awaited',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "decision" TEXT,
    "reportId" UUID,
    "bringInId" UUID,
    "problem" TEXT,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberList" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "readAt" TIMESTAMPTZ(3),
    "whole" BOOLEAN NOT NULL DEFAULT false,
    "failure" TEXT,
    "permission" TEXT,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "known" INTEGER NOT NULL DEFAULT 0,
    "failedAt" TIMESTAMPTZ(3),
    "believe" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "MemberList_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberPlace" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "conversation" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemberPlace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberReport" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "newcomers" INTEGER NOT NULL,
    "leavers" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemberReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BringIn" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "access" TEXT NOT NULL,
    "inDirectory" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "BringIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Member_tenantId_status_idx" ON "Member"("tenantId", "status");

-- CreateIndex
CREATE INDEX "Member_tenantId_email_idx" ON "Member"("tenantId", "email");

-- CreateIndex
CREATE INDEX "Member_reportId_idx" ON "Member"("reportId");

-- CreateIndex
CREATE INDEX "Member_bringInId_idx" ON "Member"("bringInId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_platform_workspaceId_accountId_key" ON "Member"("platform", "workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "MemberList_tenantId_idx" ON "MemberList"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "MemberPlace_platform_workspaceId_placeId_key" ON "MemberPlace"("platform", "workspaceId", "placeId");

-- CreateIndex
CREATE INDEX "MemberReport_tenantId_idx" ON "MemberReport"("tenantId");

-- What Prisma's schema cannot say: the sweep asks these every minute, and almost nothing waits.
CREATE INDEX "Member_waiting" ON "Member" ("dueAt") WHERE "dueAt" IS NOT NULL;
CREATE INDEX "BringIn_waiting" ON "BringIn" ("createdAt") WHERE "status" = 'waiting';

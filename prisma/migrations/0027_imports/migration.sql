-- CreateTable
CREATE TABLE "ImportRun" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID,
    "via" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "note" JSONB,
    "status" TEXT NOT NULL DEFAULT 'staging',
    "applies" BOOLEAN NOT NULL DEFAULT false,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "restored" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportLine" (
    "runId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "cells" JSONB NOT NULL,
    "pin" TEXT,
    "flaw" JSONB,
    "outcome" TEXT,
    "why" JSONB,
    "userId" UUID,
    "facts" JSONB,
    "changed" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "knownAt" TIMESTAMPTZ(3),
    "pinChange" TEXT,
    "wantsExtension" BOOLEAN NOT NULL DEFAULT false,
    "entangled" BOOLEAN NOT NULL DEFAULT false,
    "step" INTEGER NOT NULL DEFAULT 0,
    "place" INTEGER NOT NULL DEFAULT 0,
    "before" JSONB,
    "writtenAt" TIMESTAMPTZ(3),
    "reverted" TEXT,

    CONSTRAINT "ImportLine_pkey" PRIMARY KEY ("runId","line")
);

-- CreateIndex
CREATE INDEX "ImportRun_tenantId_createdAt_idx" ON "ImportRun"("tenantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ImportRun_tenantId_id_key" ON "ImportRun"("tenantId", "id");

-- AddForeignKey
ALTER TABLE "ImportRun" ADD CONSTRAINT "ImportRun_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "ImportRun"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What Prisma cannot say: a CHECK for each choice (test/contract/column-values.test.ts).
ALTER TABLE "ImportRun" ADD CONSTRAINT "ImportRun_status"
  CHECK (status IN ('staging', 'checking', 'checked', 'applying', 'applied', 'reverting', 'reverted', 'failed'));
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_outcome"
  CHECK (outcome IN ('created', 'updated', 'unchanged', 'skipped', 'refused'));
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_pinChange" CHECK ("pinChange" IN ('set', 'auto', 'clear'));
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_reverted" CHECK (reverted IN ('restored', 'kept'));

-- One file at a time is staged, judged, applied or reverted in a company.
CREATE UNIQUE INDEX "ImportRun_one_at_work" ON "ImportRun" ("tenantId")
  WHERE status IN ('staging', 'checking', 'applying', 'reverting');
-- What the sweep looks for.
CREATE INDEX "ImportRun_at_work_dueAt" ON "ImportRun" ("dueAt") WHERE status IN ('checking', 'applying', 'reverting');
-- The next lines to apply, and to revert: a hundred times for a large file.
CREATE INDEX "ImportLine_to_apply" ON "ImportLine" ("runId", step, place, line)
  WHERE outcome IN ('created', 'updated') AND "writtenAt" IS NULL;
CREATE INDEX "ImportLine_to_revert" ON "ImportLine" ("runId", step, outcome, place, line)
  WHERE "writtenAt" IS NOT NULL AND reverted IS NULL;

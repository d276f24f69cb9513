-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "heldUntil" TIMESTAMPTZ(3),
ADD COLUMN     "summaryId" UUID;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "blockWithheldNumbers" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "muteSilentMessages" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Voicemail" ADD COLUMN     "mutedWhy" TEXT;

-- CreateTable
CREATE TABLE "BlockedCaller" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BlockedCaller_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Digest" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BlockedCaller_tenantId_number_idx" ON "BlockedCaller"("tenantId", "number");

-- CreateIndex
CREATE INDEX "BlockedCaller_tenantId_userId_idx" ON "BlockedCaller"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_tenantId_userId_day_key" ON "Digest"("tenantId", "userId", "day");

-- AddForeignKey
ALTER TABLE "BlockedCaller" ADD CONSTRAINT "BlockedCaller_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BlockedCaller" ADD CONSTRAINT "BlockedCaller_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_mutedWhy" CHECK ("mutedWhy" IN ('silence', 'blocked'));
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_status" CHECK ("status" IN ('sent', 'empty', 'skipped'));
ALTER TABLE "Call" DROP CONSTRAINT "Call_disposition";
ALTER TABLE "Call" ADD CONSTRAINT "Call_disposition"
  CHECK ("disposition" IN ('open', 'answered', 'voicemail', 'missed', 'abandoned', 'blocked')) NOT VALID;
ALTER TABLE "Call" VALIDATE CONSTRAINT "Call_disposition";

-- A number is blocked once by each person, and once by the company.
CREATE UNIQUE INDEX "BlockedCaller_once" ON "BlockedCaller" ("tenantId", "userId", "number") NULLS NOT DISTINCT;
-- What waits for the end of quiet hours.
CREATE INDEX "Notice_held" ON "Notice" ("heldUntil") WHERE "heldUntil" IS NOT NULL;
CREATE INDEX "Notice_held_for" ON "Notice" ("userId") WHERE "heldUntil" IS NOT NULL;
CREATE INDEX "Notice_summary" ON "Notice" ("summaryId") WHERE "summaryId" IS NOT NULL;

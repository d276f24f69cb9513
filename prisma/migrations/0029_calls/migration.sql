-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "answeredByUserId" UUID,
ADD COLUMN     "keysOnly" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "noticeDueAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "deskPhones" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "languageKey" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "otherLanguageNumbers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "Call_tenantId_answeredByUserId_startedAt_idx" ON "Call"("tenantId", "answeredByUserId", "startedAt");

-- CreateIndex
CREATE INDEX "Call_tenantId_disposition_startedAt_idx" ON "Call"("tenantId", "disposition", "startedAt");

-- AddForeignKey
ALTER TABLE "Call" ADD CONSTRAINT "Call_tenantId_answeredByUserId_fkey" FOREIGN KEY ("tenantId", "answeredByUserId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma cannot say: the rows that the sweep looks for, few among all calls.
CREATE INDEX "Call_open" ON "Call" ("startedAt") WHERE disposition = 'open';
CREATE INDEX "Call_untold" ON "Call" ("noticeDueAt") WHERE "noticeDueAt" IS NOT NULL;

-- Who took the calls of before, as their legs have it.
UPDATE "Call" c SET "answeredByUserId" = u.id
FROM "CallLeg" l JOIN "User" u ON u."tenantId" = l."tenantId" AND u.id::text = l.heard ->> 'rings'
WHERE l."callRowId" = c.id AND l.outcome = 'answered' AND c.disposition = 'answered';

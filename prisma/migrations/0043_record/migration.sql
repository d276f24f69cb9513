-- DropIndex
DROP INDEX "ImpersonationSession_tenantId_userId_idx";

-- AlterTable
ALTER TABLE "ImpersonationSession" ADD COLUMN     "endSeenOn" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "endedById" UUID;

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_event_seq_idx" ON "AuditLine"("tenantId", "event", "seq" DESC);

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_at_idx" ON "AuditLine"("tenantId", "at");

-- CreateIndex
CREATE INDEX "ImpersonationSession_tenantId_userId_startedAt_idx" ON "ImpersonationSession"("tenantId", "userId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "ImpersonationSession_tenantId_startedAt_idx" ON "ImpersonationSession"("tenantId", "startedAt" DESC);

-- AddForeignKey
ALTER TABLE "ImpersonationSession" ADD CONSTRAINT "ImpersonationSession_tenantId_endedById_fkey" FOREIGN KEY ("tenantId", "endedById") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma's schema cannot say: the ways in which a session ends.
ALTER TABLE "ImpersonationSession" DROP CONSTRAINT "ImpersonationSession_endedHow";
ALTER TABLE "ImpersonationSession" ADD CONSTRAINT "ImpersonationSession_endedHow" CHECK ("endedHow" IN ('stopped', 'expired',
  'ended-by-person', 'ended-by-admin',
  'admin-lost-access', 'admin-lost-role', 'person-lost-access', 'person-became-admin', 'app-switched-off'));

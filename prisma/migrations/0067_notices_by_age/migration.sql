-- The home shows the newest notices of a person, who may have tens of thousands.
CREATE INDEX "Notice_tenantId_userId_createdAt_idx" ON "Notice"("tenantId", "userId", "createdAt");

-- DropIndex
DROP INDEX "Notice_tenantId_userId_idx";

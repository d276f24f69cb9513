-- CreateIndex
CREATE INDEX "User_tenantId_personalNumber_idx" ON "User"("tenantId", "personalNumber");

-- CreateIndex
CREATE INDEX "Call_tenantId_askedForUserId_startedAt_idx" ON "Call"("tenantId", "askedForUserId", "startedAt");

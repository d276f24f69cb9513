-- CreateIndex
CREATE INDEX "ImpersonationSession_tenantId_endedById_idx" ON "ImpersonationSession"("tenantId", "endedById");

-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "talksToUserId" UUID;

-- CreateIndex
CREATE INDEX "Call_tenantId_talksToUserId_idx" ON "Call"("tenantId", "talksToUserId");

-- AddForeignKey
ALTER TABLE "Call" ADD CONSTRAINT "Call_tenantId_talksToUserId_fkey" FOREIGN KEY ("tenantId", "talksToUserId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

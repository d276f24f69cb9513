-- AlterTable
ALTER TABLE "Forward" ADD COLUMN     "noteRecordingId" UUID,
ADD COLUMN     "noteSeconds" DOUBLE PRECISION;

-- CreateIndex
CREATE INDEX "Forward_tenantId_noteRecordingId_idx" ON "Forward"("tenantId", "noteRecordingId");

-- AddForeignKey
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_noteRecordingId_fkey" FOREIGN KEY ("tenantId", "noteRecordingId") REFERENCES "Recording"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

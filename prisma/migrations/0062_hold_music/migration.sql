-- CreateTable
CREATE TABLE "HoldMusic" (
    "tenantId" UUID NOT NULL,
    "recordingId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HoldMusic_pkey" PRIMARY KEY ("tenantId")
);

-- CreateIndex
CREATE UNIQUE INDEX "HoldMusic_tenantId_recordingId_key" ON "HoldMusic"("tenantId", "recordingId");

-- AddForeignKey
ALTER TABLE "HoldMusic" ADD CONSTRAINT "HoldMusic_tenantId_recordingId_fkey" FOREIGN KEY ("tenantId", "recordingId") REFERENCES "Recording"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

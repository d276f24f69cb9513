-- CreateTable
CREATE TABLE "Transcription" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "recordingId" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Transcription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Transcription_status_dueAt_idx" ON "Transcription"("status", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Transcription_tenantId_recordingId_key" ON "Transcription"("tenantId", "recordingId");

-- AddForeignKey
ALTER TABLE "Transcription" ADD CONSTRAINT "Transcription_tenantId_recordingId_fkey" FOREIGN KEY ("tenantId", "recordingId") REFERENCES "Recording"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "Transcription" ADD CONSTRAINT "Transcription_status" CHECK (status IN ('waiting', 'failed'));

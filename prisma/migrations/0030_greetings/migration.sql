-- CreateTable
CREATE TABLE "Greeting" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "recordingId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Greeting_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Greeting_tenantId_recordingId_idx" ON "Greeting"("tenantId", "recordingId");

-- CreateIndex
CREATE UNIQUE INDEX "Greeting_tenantId_userId_kind_key" ON "Greeting"("tenantId", "userId", "kind");

-- AddForeignKey
ALTER TABLE "Greeting" ADD CONSTRAINT "Greeting_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Greeting" ADD CONSTRAINT "Greeting_tenantId_recordingId_fkey" FOREIGN KEY ("tenantId", "recordingId") REFERENCES "Recording"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "Greeting" ADD CONSTRAINT "Greeting_kind" CHECK ("kind" IN ('name', 'unavailable', 'out-of-office', 'after-hours'));

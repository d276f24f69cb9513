-- AlterTable
ALTER TABLE "AwaitedMessage" ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "replacedSids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Voicemail" ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "OutgoingCall" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "mailboxUserId" UUID,
    "greeting" TEXT,
    "connectsTo" TEXT,
    "number" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "failure" TEXT,
    "callId" TEXT,
    "recordingSid" TEXT,
    "recordingUrl" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutgoingCall_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OutgoingCall_tenantId_createdAt_idx" ON "OutgoingCall"("tenantId", "createdAt");

-- CreateIndex
CREATE INDEX "OutgoingCall_tenantId_mailboxUserId_idx" ON "OutgoingCall"("tenantId", "mailboxUserId");

-- CreateIndex
CREATE INDEX "OutgoingCall_tenantId_userId_createdAt_idx" ON "OutgoingCall"("tenantId", "userId", "createdAt");

-- CreateIndex
CREATE INDEX "OutgoingCall_dueAt_idx" ON "OutgoingCall"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "OutgoingCall_tenantId_id_key" ON "OutgoingCall"("tenantId", "id");

-- AddForeignKey
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_tenantId_mailboxUserId_fkey" FOREIGN KEY ("tenantId", "mailboxUserId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_purpose" CHECK ("purpose" IN ('greeting', 'call-back'));
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_greeting" CHECK ("greeting" IN ('name', 'unavailable', 'out-of-office', 'after-hours'));
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_status" CHECK ("status" IN ('waiting', 'placing', 'ringing', 'answered', 'keeping', 'done', 'not-kept', 'busy', 'no-answer', 'failed'));
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_failure" CHECK ("failure" IN ('bad-number', 'caller-id', 'account', 'provider'));
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_subject" CHECK (CASE "purpose"
  WHEN 'greeting' THEN "connectsTo" IS NULL ELSE "mailboxUserId" IS NULL AND "greeting" IS NULL END);
ALTER TABLE "OutgoingCall" ADD CONSTRAINT "OutgoingCall_over" CHECK ("dueAt" IS NULL OR "endedAt" IS NULL);

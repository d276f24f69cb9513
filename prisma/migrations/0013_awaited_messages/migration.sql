-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "callerName" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "allowedCountries" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "AwaitedMessage" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "callId" TEXT NOT NULL,
    "mailboxUserId" UUID NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "recordingSid" TEXT,
    "recordingUrl" TEXT,
    "toldAt" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "AwaitedMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AwaitedMessage_tenantId_callId_key" ON "AwaitedMessage"("tenantId", "callId");

-- What Prisma's schema cannot say. The sweep asks this every few seconds, and almost nothing waits.
CREATE INDEX "AwaitedMessage_waiting" ON "AwaitedMessage" ("dueAt") WHERE "status" = 'waiting';
ALTER TABLE "AwaitedMessage" ADD CONSTRAINT "AwaitedMessage_status"
  CHECK ("status" IN ('waiting', 'received', 'none', 'given-up'));

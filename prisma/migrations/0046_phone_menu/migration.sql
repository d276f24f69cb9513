-- AlterTable
ALTER TABLE "Listen" ADD COLUMN     "byPhone" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "greetingKey" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "PhoneMenuCall" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "callId" TEXT NOT NULL,
    "ani" TEXT NOT NULL DEFAULT '',
    "userId" UUID,
    "pinMark" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "state" JSONB NOT NULL,
    "answer" JSONB,
    "playedTurn" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneMenuCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneSignIn" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "callId" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "userId" UUID,
    "ani" TEXT NOT NULL DEFAULT '',
    "outcome" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PhoneSignIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PhoneLock" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "lockedAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PhoneLock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PhoneMenuCall_updatedAt_idx" ON "PhoneMenuCall"("updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneMenuCall_tenantId_callId_key" ON "PhoneMenuCall"("tenantId", "callId");

-- CreateIndex
CREATE INDEX "PhoneSignIn_tenantId_userId_at_idx" ON "PhoneSignIn"("tenantId", "userId", "at");

-- CreateIndex
CREATE INDEX "PhoneSignIn_tenantId_ani_at_idx" ON "PhoneSignIn"("tenantId", "ani", "at");

-- CreateIndex
CREATE INDEX "PhoneSignIn_at_idx" ON "PhoneSignIn"("at");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneSignIn_tenantId_callId_attempt_key" ON "PhoneSignIn"("tenantId", "callId", "attempt");

-- CreateIndex
CREATE INDEX "PhoneLock_tenantId_userId_until_idx" ON "PhoneLock"("tenantId", "userId", "until");

-- AddForeignKey
ALTER TABLE "PhoneMenuCall" ADD CONSTRAINT "PhoneMenuCall_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneSignIn" ADD CONSTRAINT "PhoneSignIn_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneLock" ADD CONSTRAINT "PhoneLock_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "PhoneMenuCall" ADD CONSTRAINT "PhoneMenuCall_language" CHECK (language IN ('en', 'fr'));
ALTER TABLE "PhoneSignIn" ADD CONSTRAINT "PhoneSignIn_outcome" CHECK (outcome IN ('failed', 'right', 'locked'));

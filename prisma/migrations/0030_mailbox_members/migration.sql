-- AlterTable
ALTER TABLE "Voicemail" ADD COLUMN     "claimedAt" TIMESTAMPTZ(3),
ADD COLUMN     "claimedById" UUID,
ADD COLUMN     "handledAsId" UUID,
ADD COLUMN     "promisedAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "MailboxMember" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MailboxMember_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MailboxMember_tenantId_userId_idx" ON "MailboxMember"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "MailboxMember_tenantId_ownerId_userId_key" ON "MailboxMember"("tenantId", "ownerId", "userId");

-- AddForeignKey
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_handledAsId_fkey" FOREIGN KEY ("tenantId", "handledAsId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_claimedById_fkey" FOREIGN KEY ("tenantId", "claimedById") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "MailboxMember" ADD CONSTRAINT "MailboxMember_tenantId_ownerId_fkey" FOREIGN KEY ("tenantId", "ownerId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "MailboxMember" ADD CONSTRAINT "MailboxMember_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "MailboxMember" ADD CONSTRAINT "MailboxMember_level" CHECK ("level" IN ('listen', 'handle', 'manage'));
ALTER TABLE "MailboxMember" ADD CONSTRAINT "MailboxMember_somebody_else" CHECK ("ownerId" <> "userId");
-- Nobody promises for nobody.
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_claim" CHECK ("claimedById" IS NOT NULL
  OR ("claimedAt" IS NULL AND "promisedAt" IS NULL AND "remindAt" IS NULL));
CREATE INDEX "Voicemail_to_remind" ON "Voicemail" ("remindAt") WHERE "remindAt" IS NOT NULL;

-- AlterTable
ALTER TABLE "Voicemail" ADD COLUMN     "announcedAt" TIMESTAMPTZ(3),
ADD COLUMN     "announcementId" UUID,
ADD COLUMN     "expiredAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "BoxWarning" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "fullAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BoxWarning_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "BoxWarning_tenantId_userId_key" ON "BoxWarning"("tenantId", "userId");

-- AddForeignKey
ALTER TABLE "BoxWarning" ADD CONSTRAINT "BoxWarning_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What is in the boxes: summed whole, by box, without the messages themselves.
CREATE INDEX "Voicemail_in_box" ON "Voicemail" ("tenantId", "userId") INCLUDE ("durationSeconds") WHERE "deletedAt" IS NULL;
-- What is too old, oldest first.
CREATE INDEX "Voicemail_kept" ON "Voicemail" ("tenantId", "receivedAt") WHERE "deletedAt" IS NULL;
CREATE INDEX "Voicemail_announcement" ON "Voicemail" ("announcementId") WHERE "announcementId" IS NOT NULL;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_announced" CHECK (("announcedAt" IS NULL) = ("announcementId" IS NULL));

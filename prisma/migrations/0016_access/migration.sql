-- AlterTable
ALTER TABLE "ImpersonationSession" ADD COLUMN     "endedHow" TEXT;

-- AlterTable
ALTER TABLE "Listen" ADD COLUMN     "linkOfId" UUID,
ALTER COLUMN "userId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "SignInLink" ADD COLUMN     "playerLinkId" UUID;

-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "directVoicemailTransfer" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "openLinks" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "SettingOrigin" (
    "tenantId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "changedById" UUID,
    "impersonatorId" UUID,
    "via" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SettingOrigin_pkey" PRIMARY KEY ("tenantId","subjectId","key")
);

-- CreateIndex
CREATE INDEX "Export_userId_createdAt_idx" ON "Export"("userId", "createdAt");

-- CreateIndex
CREATE INDEX "PlayerLink_tenantId_userId_idx" ON "PlayerLink"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "SignInLink_tenantId_userId_idx" ON "SignInLink"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "SignInLink_playerLinkId_idx" ON "SignInLink"("playerLinkId");

-- What Prisma's schema cannot say: a listening is somebody's who was signed in, or it came by a link.
ALTER TABLE "Listen" ADD CONSTRAINT "Listen_by_person_or_link" CHECK (("userId" IS NULL) <> ("linkOfId" IS NULL));
ALTER TABLE "ImpersonationSession" ADD CONSTRAINT "ImpersonationSession_endedHow" CHECK ("endedHow" IN ('stopped', 'expired',
  'admin-lost-access', 'admin-lost-role', 'person-lost-access', 'person-became-admin', 'app-switched-off'));

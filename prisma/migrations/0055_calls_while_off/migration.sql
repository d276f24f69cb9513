-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "offAnnouncementEn" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "offAnnouncementFr" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "offNumber" TEXT;

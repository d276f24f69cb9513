-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "backAt" TIMESTAMPTZ(3);

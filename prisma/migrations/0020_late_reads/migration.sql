-- AlterTable
ALTER TABLE "AwaitedMessage" ADD COLUMN     "lateReads" INTEGER NOT NULL DEFAULT 0;

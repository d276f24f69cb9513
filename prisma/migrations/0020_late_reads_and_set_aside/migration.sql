-- AlterTable
ALTER TABLE "AwaitedMessage" ADD COLUMN     "lateReads" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "several" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "RecordingSweep" ADD COLUMN     "setAside" INTEGER NOT NULL DEFAULT 0;

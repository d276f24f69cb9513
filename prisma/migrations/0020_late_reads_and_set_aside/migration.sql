-- AlterTable
ALTER TABLE "AwaitedMessage" ADD COLUMN     "lateReads" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "RecordingSweep" ADD COLUMN     "setAside" INTEGER NOT NULL DEFAULT 0;

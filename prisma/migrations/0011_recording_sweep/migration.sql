-- AlterTable
ALTER TABLE "Recording" ADD COLUMN     "missingSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "RecordingSweep" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "removed" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "RecordingSweep_pkey" PRIMARY KEY ("id")
);

-- What Prisma's schema cannot say: few recordings are missing, and metrics count them often.
CREATE INDEX "Recording_missing" ON "Recording" ("missingSince") WHERE "missingSince" IS NOT NULL;
ALTER TABLE "RecordingSweep" ADD CONSTRAINT "RecordingSweep_one" CHECK (id = 1);
INSERT INTO "RecordingSweep" ("dueAt") VALUES (now());

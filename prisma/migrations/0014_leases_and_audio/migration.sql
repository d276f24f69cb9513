-- AlterTable
ALTER TABLE "Export" ADD COLUMN     "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "unsure" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "unsure" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Posting" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "audio" JSONB,
ADD COLUMN     "audioThere" TEXT,
ADD COLUMN     "claimedAt" TIMESTAMPTZ(3),
ADD COLUMN     "dueAt" TIMESTAMPTZ(3);

-- What Prisma's schema cannot say: the sweep asks when an export is to be tried again, no longer when it was asked for.
DROP INDEX "Export_waiting";
CREATE INDEX "Export_waiting" ON "Export" ("dueAt") WHERE "status" = 'waiting';
CREATE INDEX "Posting_waiting" ON "Posting" ("dueAt") WHERE "dueAt" IS NOT NULL;

-- Until now the audio of a card was remembered in its reference, whether it had arrived or not.
UPDATE "Posting" SET audio = jsonb_build_object('storageKey', ref->>'audio'), "audioThere" = ref->>'audio', ref = ref - 'audio'
WHERE ref ? 'audio';

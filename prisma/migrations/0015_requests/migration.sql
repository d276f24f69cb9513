-- AlterTable
ALTER TABLE "SeenRequest" ADD COLUMN     "asked" JSONB,
ADD COLUMN     "doneAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldUntil" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "run" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- Requests of before were answered "done" when they came again; so they are.
UPDATE "SeenRequest" SET "doneAt" = at;

-- The sweep asks for these every few seconds, and almost none is there.
CREATE INDEX "SeenRequest_unanswered" ON "SeenRequest" ("heldUntil") WHERE asked IS NOT NULL;

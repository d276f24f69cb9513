-- AlterTable
ALTER TABLE "OutOfOfficePeriod" ADD COLUMN     "askedAt" TIMESTAMPTZ(3),
ADD COLUMN     "beginToldAt" TIMESTAMPTZ(3),
ADD COLUMN     "declineReason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "endToldAt" TIMESTAMPTZ(3),
ADD COLUMN     "milestoneAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3),
ADD COLUMN     "unansweredAt" TIMESTAMPTZ(3);

-- Absences that began before this version are not announced again; those that end later still bring their digest.
UPDATE "OutOfOfficePeriod"
SET "milestoneAt" = CASE WHEN "startsAt" > now() THEN "startsAt" ELSE "endsAt" END,
    "beginToldAt" = CASE WHEN "startsAt" > now() THEN NULL ELSE "startsAt" END
WHERE status = 'planned' AND ("endsAt" IS NULL OR "endsAt" > now());

CREATE INDEX "OutOfOfficePeriod_milestone" ON "OutOfOfficePeriod" ("milestoneAt") WHERE "milestoneAt" IS NOT NULL;

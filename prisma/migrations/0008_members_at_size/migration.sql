-- DropIndex
DROP INDEX "Member_bringInId_idx";

-- AlterTable
ALTER TABLE "BringIn" ADD COLUMN     "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "whom" JSONB;

-- AlterTable
ALTER TABLE "MemberList" ADD COLUMN     "reportId" UUID;

-- CreateIndex
CREATE INDEX "Member_bringInId_id_idx" ON "Member"("bringInId", "id");

-- What Prisma's schema cannot say: the sweep asks by when it is to be tried again, no longer by when it was asked for.
DROP INDEX "BringIn_waiting";
CREATE INDEX "BringIn_waiting" ON "BringIn" ("dueAt") WHERE "status" = 'waiting';

-- A page of the new people, by name, without sorting all of them.
CREATE INDEX "Member_by_name" ON "Member" ("tenantId", lower("displayName"), "id") WHERE "status" = 'present';

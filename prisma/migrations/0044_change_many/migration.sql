-- AlterTable
ALTER TABLE "PeopleChangeLine" ADD COLUMN     "after" JSONB;

-- What Prisma cannot say: a CHECK for each choice (test/contract/column-values.test.ts).
ALTER TABLE "PeopleChangeLine" DROP CONSTRAINT "PeopleChangeLine_outcome";
ALTER TABLE "PeopleChangeLine" ADD CONSTRAINT "PeopleChangeLine_outcome"
  CHECK ("outcome" IN ('updated', 'unchanged', 'refused', 'kept'));
-- Changes that can still be reverted wrote what was asked for.
UPDATE "PeopleChangeLine" line SET "after" = asked."values"
  FROM "PeopleChange" asked WHERE asked.id = line."changeId" AND line."before" IS NOT NULL;

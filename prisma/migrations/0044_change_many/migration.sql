-- CreateIndex
CREATE INDEX "Notice_tenantId_userId_idx" ON "Notice"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "Forward_tenantId_byUserId_idx" ON "Forward"("tenantId", "byUserId");

-- CreateIndex
CREATE INDEX "Forward_tenantId_toUserId_idx" ON "Forward"("tenantId", "toUserId");

-- AlterTable
ALTER TABLE "PeopleChangeLine" ADD COLUMN     "after" JSONB;

-- What Prisma cannot say: a CHECK for each choice (test/contract/column-values.test.ts).
ALTER TABLE "PeopleChangeLine" DROP CONSTRAINT "PeopleChangeLine_outcome";
ALTER TABLE "PeopleChangeLine" ADD CONSTRAINT "PeopleChangeLine_outcome"
  CHECK ("outcome" IN ('updated', 'unchanged', 'refused', 'kept'));
-- Changes that can still be reverted wrote what was asked for.
UPDATE "PeopleChangeLine" line SET "after" = asked."values"
  FROM "PeopleChange" asked WHERE asked.id = line."changeId" AND line."before" IS NOT NULL;

-- A person who is removed is looked for in every row that could name them: without these, in all rows of the company.
CREATE INDEX "SettingOrigin_changedBy" ON "SettingOrigin" ("changedById") WHERE "changedById" IS NOT NULL;
CREATE INDEX "SettingOrigin_impersonator" ON "SettingOrigin" ("impersonatorId") WHERE "impersonatorId" IS NOT NULL;
CREATE INDEX "Voicemail_claimedBy" ON "Voicemail" ("claimedById") WHERE "claimedById" IS NOT NULL;
CREATE INDEX "Voicemail_handledAs" ON "Voicemail" ("handledAsId") WHERE "handledAsId" IS NOT NULL;
CREATE INDEX "Voicemail_handledBy" ON "Voicemail" ("handledById") WHERE "handledById" IS NOT NULL;
CREATE INDEX "Voicemail_forwardedBy" ON "Voicemail" ("forwardedById") WHERE "forwardedById" IS NOT NULL;
CREATE INDEX "Listen_user" ON "Listen" ("userId") WHERE "userId" IS NOT NULL;
CREATE INDEX "Listen_linkOf" ON "Listen" ("linkOfId") WHERE "linkOfId" IS NOT NULL;
CREATE INDEX "Listen_impersonator" ON "Listen" ("impersonatorId") WHERE "impersonatorId" IS NOT NULL;
CREATE INDEX "Forward_impersonator" ON "Forward" ("impersonatorId") WHERE "impersonatorId" IS NOT NULL;

-- A row cannot point into another company: foreign keys hold the tenant. A status is one of those that the code knows.

-- DropForeignKey
ALTER TABLE "Account" DROP CONSTRAINT "Account_userId_fkey";

-- DropForeignKey
ALTER TABLE "CallLeg" DROP CONSTRAINT "CallLeg_callRowId_fkey";

-- DropForeignKey
ALTER TABLE "Posting" DROP CONSTRAINT "Posting_noticeId_fkey";

-- DropForeignKey
ALTER TABLE "Presence" DROP CONSTRAINT "Presence_userId_fkey";

-- DropForeignKey
ALTER TABLE "Voicemail" DROP CONSTRAINT "Voicemail_recordingId_fkey";

-- DropIndex
DROP INDEX "MemberList_tenantId_idx";

-- DropIndex
DROP INDEX "User_did_key";

-- DropIndex
DROP INDEX "User_tenantId_email_key";

-- DropIndex
DROP INDEX "User_tenantId_extension_key";

-- DropIndex
DROP INDEX "User_tenantId_username_key";

-- DropIndex
DROP INDEX "Workspace_tenantId_idx";

-- AlterTable
ALTER TABLE "Tenant" ALTER COLUMN "id" SET DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "accessBefore" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "BringIn_tenantId_id_key" ON "BringIn"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Call_tenantId_id_key" ON "Call"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MemberList_tenantId_id_key" ON "MemberList"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_tenantId_id_key" ON "Notice"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PlayerLink_tenantId_id_key" ON "PlayerLink"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Presence_tenantId_userId_key" ON "Presence"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Recording_tenantId_id_key" ON "Recording"("tenantId", "id");

-- CreateIndex
CREATE INDEX "SignInLink_expiresAt_idx" ON "SignInLink"("expiresAt");

-- CreateIndex
CREATE INDEX "User_tenantId_username_idx" ON "User"("tenantId", "username");

-- CreateIndex
CREATE UNIQUE INDEX "User_tenantId_id_key" ON "User"("tenantId", "id");

-- CreateIndex
CREATE INDEX "Voicemail_tenantId_callId_idx" ON "Voicemail"("tenantId", "callId");

-- CreateIndex
CREATE INDEX "Voicemail_tenantId_recordingId_idx" ON "Voicemail"("tenantId", "recordingId");

-- CreateIndex
CREATE UNIQUE INDEX "Voicemail_tenantId_id_key" ON "Voicemail"("tenantId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_tenantId_id_key" ON "Workspace"("tenantId", "id");

-- What Prisma's schema cannot say. Indexes over these columns are partial, because PostgreSQL locks a row against every
-- row that refers to it while a column of a plain unique index changes: a caller's message would wait for the change of
-- an extension (docs/decisions/0032). Username and e-mail address have theirs since migration 0002.
UPDATE "User" SET "agentId" = NULL WHERE "agentId" = '';
-- One agent is one person. Of several with one id the oldest keeps it.
UPDATE "User" u SET "agentId" = NULL FROM "User" older
  WHERE older."tenantId" = u."tenantId" AND older."agentId" = u."agentId"
    AND (older."createdAt", older.id) < (u."createdAt", u.id);
CREATE UNIQUE INDEX "User_agentId" ON "User" ("tenantId", "agentId") WHERE "agentId" IS NOT NULL;
CREATE UNIQUE INDEX "User_extension" ON "User" ("tenantId", extension) WHERE extension IS NOT NULL;
CREATE UNIQUE INDEX "User_did" ON "User" (did) WHERE did IS NOT NULL;

-- A session is over when it ends or expires, whichever comes first; the sweep asks.
CREATE INDEX "WebSession_over" ON "WebSession" (LEAST("expiresAt", "endedAt"));

-- Until now this was read from the record, each time.
UPDATE "User" u SET "accessBefore" = (
    SELECT before->>'access' FROM "AuditLine"
    WHERE "tenantId" = u."tenantId" AND "subjectId" = u.id AND event = 'user.updated' AND after->>'access' = 'none'
    ORDER BY seq DESC LIMIT 1)
  WHERE access = 'none';
UPDATE "User" SET "accessBefore" = NULL WHERE "accessBefore" NOT IN ('attendant_only', 'attendant_with_acd');

-- Values that nobody but a hand wrote: access is closed, an own setting is as the company has it.
UPDATE "User" SET access = 'none' WHERE access NOT IN ('none', 'attendant_only', 'attendant_with_acd');
UPDATE "User" SET role = 'member' WHERE role NOT IN ('member', 'manager', 'admin');
UPDATE "User" SET "userType" = 'business'
  WHERE "userType" NOT IN ('agent', 'business', 'rollover', 'general_voicemail');
UPDATE "User" SET "notificationType" = NULL
  WHERE "notificationType" NOT IN ('email_only', 'email_with_attachment', 'app_only');
UPDATE "User" SET language = NULL WHERE language NOT IN ('en', 'fr');
UPDATE "Tenant" SET language = 'en' WHERE language NOT IN ('en', 'fr');
UPDATE "Call" SET language = CASE WHEN language ~* '^fr' THEN 'fr' ELSE 'en' END WHERE language NOT IN ('en', 'fr');

-- Whatever lets somebody in, and is of another company's person, lets nobody in any more.
DELETE FROM "WebSession" s WHERE NOT EXISTS (
  SELECT 1 FROM "User" u WHERE u."tenantId" = s."tenantId" AND u.id = s."userId");
DELETE FROM "SignInLink" s WHERE NOT EXISTS (
  SELECT 1 FROM "User" u WHERE u."tenantId" = s."tenantId" AND u.id = s."userId");
DELETE FROM "Account" a WHERE NOT EXISTS (
  SELECT 1 FROM "User" u WHERE u."tenantId" = a."tenantId" AND u.id = a."userId");
DELETE FROM "Presence" p WHERE NOT EXISTS (
  SELECT 1 FROM "User" u WHERE u."tenantId" = p."tenantId" AND u.id = p."userId");
DELETE FROM "MemberList" l WHERE NOT EXISTS (
  SELECT 1 FROM "Workspace" w WHERE w."tenantId" = l."tenantId" AND w.id = l.id);

ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_id_operatorId_fkey"
  FOREIGN KEY ("id", "operatorId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_id_generalMailboxId_fkey"
  FOREIGN KEY ("id", "generalMailboxId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "SettingOrigin" ADD CONSTRAINT "SettingOrigin_tenantId_changedById_fkey"
  FOREIGN KEY ("tenantId", "changedById") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "SettingOrigin" ADD CONSTRAINT "SettingOrigin_tenantId_impersonatorId_fkey"
  FOREIGN KEY ("tenantId", "impersonatorId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_tenantId_defaultBackupId_fkey"
  FOREIGN KEY ("tenantId", "defaultBackupId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Account" ADD CONSTRAINT "Account_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "LinkRequest" ADD CONSTRAINT "LinkRequest_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "OutOfOfficePeriod" ADD CONSTRAINT "OutOfOfficePeriod_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "OutOfOfficePeriod" ADD CONSTRAINT "OutOfOfficePeriod_tenantId_backupId_fkey"
  FOREIGN KEY ("tenantId", "backupId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Call" ADD CONSTRAINT "Call_tenantId_askedForUserId_fkey"
  FOREIGN KEY ("tenantId", "askedForUserId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "CallLeg" ADD CONSTRAINT "CallLeg_tenantId_callRowId_fkey"
  FOREIGN KEY ("tenantId", "callRowId") REFERENCES "Call"("tenantId", "id")
  ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "AwaitedMessage" ADD CONSTRAINT "AwaitedMessage_tenantId_mailboxUserId_fkey"
  FOREIGN KEY ("tenantId", "mailboxUserId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_recordingId_fkey"
  FOREIGN KEY ("tenantId", "recordingId") REFERENCES "Recording"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_handledById_fkey"
  FOREIGN KEY ("tenantId", "handledById") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_forwardOfId_fkey"
  FOREIGN KEY ("tenantId", "forwardOfId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_tenantId_forwardedById_fkey"
  FOREIGN KEY ("tenantId", "forwardedById") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Listen" ADD CONSTRAINT "Listen_tenantId_voicemailId_fkey"
  FOREIGN KEY ("tenantId", "voicemailId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Listen" ADD CONSTRAINT "Listen_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Listen" ADD CONSTRAINT "Listen_tenantId_linkOfId_fkey"
  FOREIGN KEY ("tenantId", "linkOfId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Listen" ADD CONSTRAINT "Listen_tenantId_impersonatorId_fkey"
  FOREIGN KEY ("tenantId", "impersonatorId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "PlayerLink" ADD CONSTRAINT "PlayerLink_tenantId_voicemailId_fkey"
  FOREIGN KEY ("tenantId", "voicemailId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "PlayerLink" ADD CONSTRAINT "PlayerLink_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_voicemailId_fkey"
  FOREIGN KEY ("tenantId", "voicemailId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_byUserId_fkey"
  FOREIGN KEY ("tenantId", "byUserId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_impersonatorId_fkey"
  FOREIGN KEY ("tenantId", "impersonatorId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_toUserId_fkey"
  FOREIGN KEY ("tenantId", "toUserId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_tenantId_copyId_fkey"
  FOREIGN KEY ("tenantId", "copyId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Export" ADD CONSTRAINT "Export_tenantId_voicemailId_fkey"
  FOREIGN KEY ("tenantId", "voicemailId") REFERENCES "Voicemail"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Export" ADD CONSTRAINT "Export_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Posting" ADD CONSTRAINT "Posting_tenantId_noticeId_fkey"
  FOREIGN KEY ("tenantId", "noticeId") REFERENCES "Notice"("tenantId", "id")
  ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ImpersonationSession" ADD CONSTRAINT "ImpersonationSession_tenantId_impersonatorId_fkey"
  FOREIGN KEY ("tenantId", "impersonatorId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "ImpersonationSession" ADD CONSTRAINT "ImpersonationSession_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "SignInLink" ADD CONSTRAINT "SignInLink_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "SignInLink" ADD CONSTRAINT "SignInLink_tenantId_playerLinkId_fkey"
  FOREIGN KEY ("tenantId", "playerLinkId") REFERENCES "PlayerLink"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "WebSession" ADD CONSTRAINT "WebSession_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "Member" ADD CONSTRAINT "Member_tenantId_bringInId_fkey"
  FOREIGN KEY ("tenantId", "bringInId") REFERENCES "BringIn"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "MemberList" ADD CONSTRAINT "MemberList_tenantId_id_fkey"
  FOREIGN KEY ("tenantId", "id") REFERENCES "Workspace"("tenantId", "id")
  ON DELETE CASCADE ON UPDATE RESTRICT NOT VALID;
ALTER TABLE "BringIn" ADD CONSTRAINT "BringIn_tenantId_userId_fkey"
  FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id")
  ON DELETE RESTRICT ON UPDATE RESTRICT NOT VALID;

-- The values of a column, as the code has them (test/contract/column-values.test.ts compares the two).
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_edition" CHECK ("edition" IN ('attendant', 'attendant_plus')) NOT VALID;
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_language" CHECK ("language" IN ('en', 'fr')) NOT VALID;
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_notificationType"
  CHECK ("notificationType" IN ('email_only', 'email_with_attachment', 'app_only')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_userType"
  CHECK ("userType" IN ('agent', 'business', 'rollover', 'general_voicemail')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_access"
  CHECK ("access" IN ('none', 'attendant_only', 'attendant_with_acd')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_accessBefore"
  CHECK ("accessBefore" IN ('attendant_only', 'attendant_with_acd')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_role" CHECK ("role" IN ('member', 'manager', 'admin')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_notificationType"
  CHECK ("notificationType" IN ('email_only', 'email_with_attachment', 'app_only')) NOT VALID;
ALTER TABLE "User" ADD CONSTRAINT "User_language" CHECK ("language" IN ('en', 'fr')) NOT VALID;
ALTER TABLE "Account" ADD CONSTRAINT "Account_linkedBy"
  CHECK ("linkedBy" IN ('email', 'admin', 'cli', 'demo') OR "linkedBy" = platform) NOT VALID;
ALTER TABLE "LinkRequest" ADD CONSTRAINT "LinkRequest_status"
  CHECK ("status" IN ('waiting', 'confirmed', 'refused')) NOT VALID;
ALTER TABLE "OutOfOfficePeriod" ADD CONSTRAINT "OutOfOfficePeriod_privacy"
  CHECK ("privacy" IN ('nothing', 'away', 'away_until')) NOT VALID;
ALTER TABLE "OutOfOfficePeriod" ADD CONSTRAINT "OutOfOfficePeriod_backupAnswer"
  CHECK ("backupAnswer" IN ('none', 'asked', 'accepted', 'declined')) NOT VALID;
ALTER TABLE "OutOfOfficePeriod" ADD CONSTRAINT "OutOfOfficePeriod_status"
  CHECK ("status" IN ('planned', 'ended', 'cancelled')) NOT VALID;
ALTER TABLE "Call" ADD CONSTRAINT "Call_language" CHECK ("language" IN ('en', 'fr')) NOT VALID;
ALTER TABLE "Call" ADD CONSTRAINT "Call_disposition"
  CHECK ("disposition" IN ('open', 'answered', 'voicemail', 'missed', 'abandoned')) NOT VALID;
ALTER TABLE "CallLeg" ADD CONSTRAINT "CallLeg_outcome"
  CHECK ("outcome" IN ('answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out')) NOT VALID;
ALTER TABLE "AwaitedMessage" ADD CONSTRAINT "AwaitedMessage_language" CHECK ("language" IN ('en', 'fr')) NOT VALID;
ALTER TABLE "Forward" ADD CONSTRAINT "Forward_status" CHECK ("status" IN ('waiting', 'done', 'failed')) NOT VALID;
ALTER TABLE "Export" ADD CONSTRAINT "Export_status" CHECK ("status" IN ('waiting', 'done', 'failed')) NOT VALID;
ALTER TABLE "BringIn" ADD CONSTRAINT "BringIn_status" CHECK ("status" IN ('waiting', 'done', 'failed')) NOT VALID;
ALTER TABLE "BringIn" ADD CONSTRAINT "BringIn_access" CHECK ("access" IN ('none', 'attendant_only')) NOT VALID;
ALTER TABLE "Posting" ADD CONSTRAINT "Posting_status" CHECK ("status" IN ('sent', 'failed', 'unreachable')) NOT VALID;
ALTER TABLE "Member" ADD CONSTRAINT "Member_status"
  CHECK ("status" IN ('awaited', 'present', 'outside', 'left')) NOT VALID;
ALTER TABLE "Member" ADD CONSTRAINT "Member_decision"
  CHECK ("decision" IN ('kept', 'deactivated', 'left-out')) NOT VALID;
ALTER TABLE "Member" ADD CONSTRAINT "Member_problem" CHECK ("problem" IN ('taken', 'failed')) NOT VALID;
ALTER TABLE "MemberList" ADD CONSTRAINT "MemberList_failure"
  CHECK ("failure" IN ('permission', 'credentials', 'away', 'empty', 'doubted')) NOT VALID;

-- What stands already: a reference into another company, or to nobody, is emptied where it may be empty. A row that
-- would be lost by that stays as it is, and its constraint counts for new rows only, until somebody has looked at it.
-- Nothing in Attendant ever wrote one.
DO $$
DECLARE rule record;
BEGIN
  FOR rule IN
    SELECT c.conname, c.contype, c.conrelid::regclass AS held, c.confrelid::regclass AS target,
      tenant.attname AS tenant, ref.attname AS ref, ref.attnotnull AS required
    FROM pg_constraint c
    LEFT JOIN pg_attribute tenant ON tenant.attrelid = c.conrelid AND c.contype = 'f' AND tenant.attnum = c.conkey[1]
    LEFT JOIN pg_attribute ref ON ref.attrelid = c.conrelid AND c.contype = 'f' AND ref.attnum = c.conkey[2]
    WHERE NOT c.convalidated AND c.connamespace = current_schema()::regnamespace ORDER BY c.conname
  LOOP
    BEGIN
      IF rule.contype = 'f' AND NOT rule.required AND rule.conname NOT IN (
        'Voicemail_tenantId_recordingId_fkey', 'Listen_tenantId_userId_fkey', 'Listen_tenantId_linkOfId_fkey') THEN
        EXECUTE format('UPDATE %s r SET %I = NULL WHERE %I IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM %s t WHERE t."tenantId" = r.%I AND t.id = r.%I)',
          rule.held, rule.ref, rule.ref, rule.target, rule.tenant, rule.ref);
      END IF;
      EXECUTE format('ALTER TABLE %s VALIDATE CONSTRAINT %I', rule.held, rule.conname);
    EXCEPTION WHEN foreign_key_violation OR check_violation THEN
      RAISE WARNING 'rows of % break % and were left as they are', rule.held, rule.conname;
    END;
  END LOOP;
END $$;

-- What Prisma's schema cannot say: Ann@example.com and ann@example.com are one person.
CREATE UNIQUE INDEX "User_tenantId_username_any_case" ON "User" ("tenantId", lower("username"));
CREATE UNIQUE INDEX "User_tenantId_email_any_case" ON "User" ("tenantId", lower("email"));

-- The sweep asks these every minute, and almost nothing waits.
CREATE INDEX "Notice_waiting" ON "Notice" ("dueAt") WHERE "settled" < "version";
CREATE INDEX "Forward_waiting" ON "Forward" ("createdAt") WHERE "status" = 'waiting';
CREATE INDEX "Export_waiting" ON "Export" ("createdAt") WHERE "status" = 'waiting';
CREATE INDEX "Voicemail_to_purge" ON "Voicemail" ("purgeAt") WHERE "purgedAt" IS NULL AND "purgeAt" IS NOT NULL;
CREATE INDEX "ImpersonationSession_running" ON "ImpersonationSession" ("expiresAt") WHERE "endedAt" IS NULL;

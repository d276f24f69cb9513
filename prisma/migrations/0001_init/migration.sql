-- CreateTable
CREATE TABLE "Tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "edition" TEXT NOT NULL DEFAULT 'attendant_plus',
    "language" TEXT NOT NULL DEFAULT 'en',
    "timeZone" TEXT NOT NULL DEFAULT 'America/Toronto',
    "country" TEXT NOT NULL DEFAULT 'CA',
    "mainNumbers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "operatorId" UUID,
    "generalMailboxId" UUID,
    "outOfOfficeEnabled" BOOLEAN NOT NULL DEFAULT true,
    "backupCountsAtOnce" BOOLEAN NOT NULL DEFAULT true,
    "forwardingAllowed" BOOLEAN NOT NULL DEFAULT true,
    "appAllowed" BOOLEAN NOT NULL DEFAULT true,
    "downloadsAllowed" BOOLEAN NOT NULL DEFAULT true,
    "impersonationNotice" BOOLEAN NOT NULL DEFAULT true,
    "notificationType" TEXT NOT NULL DEFAULT 'app_only',
    "ringSeconds" INTEGER NOT NULL DEFAULT 20,
    "agentSipTemplate" TEXT NOT NULL DEFAULT 'sip:{agentId}@agents.invalid',
    "stalePresenceMinutes" INTEGER NOT NULL DEFAULT 480,
    "speechEnabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "team" TEXT NOT NULL DEFAULT '',
    "userType" TEXT NOT NULL DEFAULT 'business',
    "access" TEXT NOT NULL DEFAULT 'attendant_only',
    "role" TEXT NOT NULL DEFAULT 'member',
    "extension" TEXT,
    "did" TEXT,
    "personalNumber" TEXT,
    "agentId" TEXT,
    "inDirectory" BOOLEAN NOT NULL DEFAULT true,
    "defaultBackupId" UUID,
    "notificationType" TEXT,
    "directVoicemailTransfer" BOOLEAN,
    "language" TEXT,
    "timeZone" TEXT,
    "forwardingAllowed" BOOLEAN NOT NULL DEFAULT true,
    "appAllowed" BOOLEAN NOT NULL DEFAULT true,
    "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "phoneticName" TEXT NOT NULL DEFAULT '',
    "pinHash" TEXT,
    "presence" TEXT NOT NULL DEFAULT 'signed-out',
    "presenceAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "locale" TEXT,
    "timeZone" TEXT,
    "conversation" JSONB,
    "linkedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LinkRequest" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "email" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "userId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LinkRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutOfOfficePeriod" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "backupId" UUID,
    "number" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "privacy" TEXT NOT NULL DEFAULT 'away_until',
    "backupAnswer" TEXT NOT NULL DEFAULT 'none',
    "status" TEXT NOT NULL DEFAULT 'planned',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OutOfOfficePeriod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Call" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "callId" TEXT NOT NULL,
    "ani" TEXT NOT NULL DEFAULT '',
    "dnis" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL DEFAULT 'en',
    "askedForUserId" UUID,
    "disposition" TEXT NOT NULL DEFAULT 'open',
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CallLeg" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "callRowId" UUID NOT NULL,
    "leg" INTEGER NOT NULL,
    "decision" JSON NOT NULL,
    "heard" JSONB,
    "outcome" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CallLeg_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recording" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "storageKey" TEXT NOT NULL,
    "mimeType" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "durationSeconds" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Voicemail" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "sourceId" TEXT NOT NULL,
    "callId" TEXT,
    "ani" TEXT NOT NULL DEFAULT '',
    "callerName" TEXT NOT NULL DEFAULT '',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "durationSeconds" DOUBLE PRECISION NOT NULL,
    "recordingId" UUID,
    "transcript" TEXT,
    "heardAt" TIMESTAMPTZ(3),
    "handledAt" TIMESTAMPTZ(3),
    "handledById" UUID,
    "forwardOfId" UUID,
    "forwardedById" UUID,
    "forwardNote" TEXT NOT NULL DEFAULT '',
    "deletedAt" TIMESTAMPTZ(3),
    "purgeAt" TIMESTAMPTZ(3),
    "purgedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Voicemail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Listen" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "voicemailId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "impersonatorId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Listen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlayerLink" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "voicemailId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PlayerLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Forward" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "voicemailId" UUID NOT NULL,
    "byUserId" UUID NOT NULL,
    "impersonatorId" UUID,
    "toUserId" UUID NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "copyId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Forward_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Export" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "voicemailId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "settled" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Posting" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "noticeId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "ref" JSONB,
    "shows" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImpersonationSession" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "impersonatorId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImpersonationSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditLine" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorId" UUID,
    "via" TEXT NOT NULL,
    "impersonatorId" UUID,
    "sessionId" UUID,
    "reason" TEXT,
    "event" TEXT NOT NULL,
    "subjectId" UUID,
    "before" JSONB,
    "after" JSONB,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "tenantId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "SeenRequest" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SeenRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInLink" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebSession" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebSession_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Workspace_tenantId_idx" ON "Workspace"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_platform_externalId_key" ON "Workspace"("platform", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "User_tenantId_username_key" ON "User"("tenantId", "username");

-- CreateIndex
CREATE UNIQUE INDEX "User_tenantId_email_key" ON "User"("tenantId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "User_tenantId_extension_key" ON "User"("tenantId", "extension");

-- CreateIndex
CREATE UNIQUE INDEX "User_did_key" ON "User"("did");

-- CreateIndex
CREATE INDEX "Account_tenantId_userId_idx" ON "Account"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_platform_workspaceId_accountId_key" ON "Account"("platform", "workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "LinkRequest_tenantId_status_idx" ON "LinkRequest"("tenantId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "LinkRequest_platform_workspaceId_accountId_key" ON "LinkRequest"("platform", "workspaceId", "accountId");

-- CreateIndex
CREATE INDEX "OutOfOfficePeriod_tenantId_userId_startsAt_idx" ON "OutOfOfficePeriod"("tenantId", "userId", "startsAt");

-- CreateIndex
CREATE INDEX "OutOfOfficePeriod_tenantId_backupId_idx" ON "OutOfOfficePeriod"("tenantId", "backupId");

-- CreateIndex
CREATE INDEX "Call_tenantId_startedAt_idx" ON "Call"("tenantId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Call_tenantId_callId_key" ON "Call"("tenantId", "callId");

-- CreateIndex
CREATE UNIQUE INDEX "CallLeg_callRowId_leg_key" ON "CallLeg"("callRowId", "leg");

-- CreateIndex
CREATE UNIQUE INDEX "Recording_storageKey_key" ON "Recording"("storageKey");

-- CreateIndex
CREATE INDEX "Voicemail_tenantId_userId_receivedAt_idx" ON "Voicemail"("tenantId", "userId", "receivedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Voicemail_tenantId_sourceId_key" ON "Voicemail"("tenantId", "sourceId");

-- CreateIndex
CREATE INDEX "Listen_tenantId_voicemailId_idx" ON "Listen"("tenantId", "voicemailId");

-- CreateIndex
CREATE UNIQUE INDEX "PlayerLink_voicemailId_userId_key" ON "PlayerLink"("voicemailId", "userId");

-- CreateIndex
CREATE INDEX "Forward_tenantId_voicemailId_idx" ON "Forward"("tenantId", "voicemailId");

-- CreateIndex
CREATE INDEX "Export_tenantId_voicemailId_idx" ON "Export"("tenantId", "voicemailId");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_kind_subjectId_userId_key" ON "Notice"("kind", "subjectId", "userId");

-- CreateIndex
CREATE INDEX "Posting_tenantId_status_idx" ON "Posting"("tenantId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Posting_noticeId_platform_address_key" ON "Posting"("noticeId", "platform", "address");

-- CreateIndex
CREATE INDEX "ImpersonationSession_impersonatorId_expiresAt_idx" ON "ImpersonationSession"("impersonatorId", "expiresAt");

-- CreateIndex
CREATE INDEX "ImpersonationSession_tenantId_userId_idx" ON "ImpersonationSession"("tenantId", "userId");

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_subjectId_idx" ON "AuditLine"("tenantId", "subjectId");

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_actorId_idx" ON "AuditLine"("tenantId", "actorId");

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_sessionId_idx" ON "AuditLine"("tenantId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditLine_tenantId_seq_key" ON "AuditLine"("tenantId", "seq");

-- CreateIndex
CREATE INDEX "SeenRequest_at_idx" ON "SeenRequest"("at");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "ApiKey_tenantId_idx" ON "ApiKey"("tenantId");

-- CreateIndex
CREATE INDEX "WebSession_tenantId_userId_idx" ON "WebSession"("tenantId", "userId");

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CallLeg" ADD CONSTRAINT "CallLeg_callRowId_fkey" FOREIGN KEY ("callRowId") REFERENCES "Call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_recordingId_fkey" FOREIGN KEY ("recordingId") REFERENCES "Recording"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Posting" ADD CONSTRAINT "Posting_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

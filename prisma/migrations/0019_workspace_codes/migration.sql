-- CreateTable
CREATE TABLE "WorkspaceCode" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorkspaceCode_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "WorkspaceCode_hash_key" ON "WorkspaceCode"("hash");

-- CreateIndex
CREATE INDEX "WorkspaceCode_expiresAt_idx" ON "WorkspaceCode"("expiresAt");

-- AddForeignKey
ALTER TABLE "WorkspaceCode" ADD CONSTRAINT "WorkspaceCode_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Microsoft writes GUIDs in either case, and they were kept as they came: one person was two accounts, one company two
-- workspaces. They are kept in lower case from now on. Of two spellings of one thing the lower-case one stays.
CREATE FUNCTION pg_temp.canonical(id text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN lower(id) ELSE id END $$;

DELETE FROM "Workspace" w USING "Workspace" other
  WHERE other.platform = w.platform AND other."externalId" = pg_temp.canonical(w."externalId") AND other.id <> w.id
    AND w."externalId" <> pg_temp.canonical(w."externalId");
UPDATE "Workspace" SET "externalId" = pg_temp.canonical("externalId")
  WHERE "externalId" <> pg_temp.canonical("externalId");

DELETE FROM "Account" a USING "Account" other
  WHERE other.platform = a.platform AND other.id <> a.id
    AND other."workspaceId" = pg_temp.canonical(a."workspaceId") AND other."accountId" = pg_temp.canonical(a."accountId")
    AND (a."workspaceId", a."accountId") <> (pg_temp.canonical(a."workspaceId"), pg_temp.canonical(a."accountId"));
UPDATE "Account" SET "workspaceId" = pg_temp.canonical("workspaceId"), "accountId" = pg_temp.canonical("accountId")
  WHERE ("workspaceId", "accountId") <> (pg_temp.canonical("workspaceId"), pg_temp.canonical("accountId"));

DELETE FROM "LinkRequest" a USING "LinkRequest" other
  WHERE other.platform = a.platform AND other.id <> a.id
    AND other."workspaceId" = pg_temp.canonical(a."workspaceId") AND other."accountId" = pg_temp.canonical(a."accountId")
    AND (a."workspaceId", a."accountId") <> (pg_temp.canonical(a."workspaceId"), pg_temp.canonical(a."accountId"));
UPDATE "LinkRequest" SET "workspaceId" = pg_temp.canonical("workspaceId"), "accountId" = pg_temp.canonical("accountId")
  WHERE ("workspaceId", "accountId") <> (pg_temp.canonical("workspaceId"), pg_temp.canonical("accountId"));

-- What was read of a member list is read again: only the spelling that will come again stays.
DELETE FROM "Member" WHERE ("workspaceId", "accountId") <> (pg_temp.canonical("workspaceId"), pg_temp.canonical("accountId"));
DELETE FROM "MemberPlace" WHERE "workspaceId" <> pg_temp.canonical("workspaceId");
UPDATE "MemberList" SET "workspaceId" = pg_temp.canonical("workspaceId")
  WHERE "workspaceId" <> pg_temp.canonical("workspaceId");

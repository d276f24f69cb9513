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
-- workspaces. They are kept in lower case from now on. Of several spellings of one thing one stays: the
-- lower-case one, else the first.
CREATE FUNCTION pg_temp.canonical(id text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN lower(id) ELSE id END $$;

CREATE FUNCTION pg_temp.odd(id text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT id <> pg_temp.canonical(id) $$;

DELETE FROM "Workspace" w USING "Workspace" other
  WHERE other.platform = w.platform AND pg_temp.canonical(other."externalId") = pg_temp.canonical(w."externalId")
    AND (pg_temp.odd(other."externalId"), other.id) < (pg_temp.odd(w."externalId"), w.id);
UPDATE "Workspace" SET "externalId" = pg_temp.canonical("externalId") WHERE pg_temp.odd("externalId");

DELETE FROM "Account" a USING "Account" other
  WHERE other.platform = a.platform AND pg_temp.canonical(other."workspaceId") = pg_temp.canonical(a."workspaceId")
    AND pg_temp.canonical(other."accountId") = pg_temp.canonical(a."accountId")
    AND (pg_temp.odd(other."workspaceId") OR pg_temp.odd(other."accountId"), other.id)
      < (pg_temp.odd(a."workspaceId") OR pg_temp.odd(a."accountId"), a.id);
UPDATE "Account" SET "workspaceId" = pg_temp.canonical("workspaceId"), "accountId" = pg_temp.canonical("accountId")
  WHERE pg_temp.odd("workspaceId") OR pg_temp.odd("accountId");

DELETE FROM "LinkRequest" a USING "LinkRequest" other
  WHERE other.platform = a.platform AND pg_temp.canonical(other."workspaceId") = pg_temp.canonical(a."workspaceId")
    AND pg_temp.canonical(other."accountId") = pg_temp.canonical(a."accountId")
    AND (pg_temp.odd(other."workspaceId") OR pg_temp.odd(other."accountId"), other.id)
      < (pg_temp.odd(a."workspaceId") OR pg_temp.odd(a."accountId"), a.id);
UPDATE "LinkRequest" SET "workspaceId" = pg_temp.canonical("workspaceId"), "accountId" = pg_temp.canonical("accountId")
  WHERE pg_temp.odd("workspaceId") OR pg_temp.odd("accountId");

-- The address of a card is workspace and account: a card that is not found under it is never updated again.
CREATE FUNCTION pg_temp.canonical_address(address text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN position('/' IN address) = 0 THEN address
    ELSE pg_temp.canonical(split_part(address, '/', 1)) || '/'
      || pg_temp.canonical(substring(address FROM position('/' IN address) + 1)) END $$;
DELETE FROM "Posting" p USING "Posting" other
  WHERE other."noticeId" = p."noticeId" AND other.platform = p.platform
    AND pg_temp.canonical_address(other.address) = pg_temp.canonical_address(p.address)
    AND (other.address <> pg_temp.canonical_address(other.address), other.id)
      < (p.address <> pg_temp.canonical_address(p.address), p.id);
UPDATE "Posting" SET address = pg_temp.canonical_address(address)
  WHERE address <> pg_temp.canonical_address(address);

-- What was read of a member list is read again: only the spelling that will come again stays.
DELETE FROM "Member" WHERE pg_temp.odd("workspaceId") OR pg_temp.odd("accountId");
DELETE FROM "MemberPlace" WHERE pg_temp.odd("workspaceId");
DELETE FROM "MemberList" l WHERE NOT EXISTS (SELECT 1 FROM "Workspace" w WHERE w.id = l.id);
UPDATE "MemberList" SET "workspaceId" = pg_temp.canonical("workspaceId") WHERE pg_temp.odd("workspaceId");

-- CreateTable
CREATE TABLE "DirectoryChange" (
    "userId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "xid" BIGINT NOT NULL,

    CONSTRAINT "DirectoryChange_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "DirectoryChange_tenantId_xid_idx" ON "DirectoryChange"("tenantId", "xid");

-- CreateIndex
CREATE INDEX "Call_tenantId_ani_startedAt_idx" ON "Call"("tenantId", "ani", "startedAt");

-- CreateIndex
CREATE INDEX "User_tenantId_lastName_firstName_id_idx" ON "User"("tenantId", "lastName", "firstName", "id");

-- CreateIndex
CREATE INDEX "User_tenantId_team_idx" ON "User"("tenantId", "team");

-- Whoever keeps the directory in memory must hear of every change to what a person is found by, whichever program made
-- it: so the database itself notes it, and nudges those who listen. The row is the truth, the notification the nudge.
CREATE FUNCTION note_directory_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "DirectoryChange" ("userId", "tenantId", "xid")
  VALUES (COALESCE(NEW."id", OLD."id"), COALESCE(NEW."tenantId", OLD."tenantId"), pg_current_xact_id()::text::bigint)
  ON CONFLICT ("userId") DO UPDATE SET "tenantId" = EXCLUDED."tenantId", "xid" = EXCLUDED."xid";
  PERFORM pg_notify('attendant_directory', COALESCE(NEW."tenantId", OLD."tenantId")::text);
  RETURN NULL;
END;
$$;

CREATE TRIGGER "User_in_directory" AFTER INSERT OR DELETE ON "User"
FOR EACH ROW EXECUTE FUNCTION note_directory_change();

CREATE TRIGGER "User_changed_in_directory" AFTER UPDATE ON "User"
FOR EACH ROW
WHEN (
  (OLD."firstName", OLD."lastName", OLD."aliases", OLD."phoneticName", OLD."extension", OLD."did", OLD."inDirectory", OLD."access")
  IS DISTINCT FROM
  (NEW."firstName", NEW."lastName", NEW."aliases", NEW."phoneticName", NEW."extension", NEW."did", NEW."inDirectory", NEW."access")
)
EXECUTE FUNCTION note_directory_change();

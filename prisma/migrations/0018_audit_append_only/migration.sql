-- DropIndex
DROP INDEX "AuditLine_tenantId_actorId_idx";

-- DropIndex
DROP INDEX "AuditLine_tenantId_sessionId_idx";

-- DropIndex
DROP INDEX "AuditLine_tenantId_subjectId_idx";

-- AlterTable
ALTER TABLE "AuditHead" ADD COLUMN     "mac" TEXT,
ADD COLUMN     "unkeyedSeq" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_subjectId_seq_idx" ON "AuditLine"("tenantId", "subjectId", "seq" DESC);

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_actorId_seq_idx" ON "AuditLine"("tenantId", "actorId", "seq" DESC);

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_impersonatorId_seq_idx" ON "AuditLine"("tenantId", "impersonatorId", "seq" DESC);

-- CreateIndex
CREATE INDEX "AuditLine_tenantId_sessionId_seq_idx" ON "AuditLine"("tenantId", "sessionId", "seq");

-- Lines that exist already keep their plain hashes; every later line is keyed.
UPDATE "AuditHead" SET "unkeyedSeq" = seq;

-- The record is append-only for every user of the database, Attendant's own included. Whoever may disable triggers can
-- still change it; the keyed hashes then show what was changed (docs/decisions/0027).
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit record is append-only: % on "%" is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_refuse_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."tenantId" = OLD."tenantId" AND NEW.seq > OLD.seq AND NEW."unkeyedSeq" = OLD."unkeyedSeq" THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit record is append-only: its end can only move forward'
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "AuditLine_append_only" BEFORE UPDATE OR DELETE ON "AuditLine"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER "AuditLine_no_truncate" BEFORE TRUNCATE ON "AuditLine"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER "AuditHead_forward_only" BEFORE UPDATE ON "AuditHead"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_step_back();
CREATE TRIGGER "AuditHead_no_delete" BEFORE DELETE ON "AuditHead"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER "AuditHead_no_truncate" BEFORE TRUNCATE ON "AuditHead"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

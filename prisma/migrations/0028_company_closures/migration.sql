-- The company is closed now: one row until it opens. A wait for a busy person ends when they are free.

-- CreateTable
CREATE TABLE "CompanyClosure" (
    "tenantId" UUID NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL DEFAULT '',
    "closedById" UUID,

    CONSTRAINT "CompanyClosure_pkey" PRIMARY KEY ("tenantId")
);

-- AddForeignKey
ALTER TABLE "CompanyClosure" ADD CONSTRAINT "CompanyClosure_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CompanyClosure" ADD CONSTRAINT "CompanyClosure_tenantId_closedById_fkey" FOREIGN KEY ("tenantId", "closedById") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma cannot say (test/contract/column-values.test.ts).
ALTER TABLE "CallLeg" DROP CONSTRAINT "CallLeg_outcome";
ALTER TABLE "CallLeg" ADD CONSTRAINT "CallLeg_outcome"
  CHECK ("outcome" IN ('answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out', 'free')) NOT VALID;
ALTER TABLE "CallLeg" VALIDATE CONSTRAINT "CallLeg_outcome";
ALTER TABLE "CompanyClosure" ADD CONSTRAINT "CompanyClosure_ends" CHECK ("until" IS NULL OR "until" > "closedAt");

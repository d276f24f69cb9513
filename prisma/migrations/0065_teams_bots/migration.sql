-- CreateTable
CREATE TABLE "TeamsBot" (
    "appId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "entraTenantId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TeamsBot_pkey" PRIMARY KEY ("appId")
);

-- CreateIndex
CREATE UNIQUE INDEX "TeamsBot_entraTenantId_key" ON "TeamsBot"("entraTenantId");

-- CreateIndex
CREATE INDEX "TeamsBot_tenantId_idx" ON "TeamsBot"("tenantId");

-- AddForeignKey
ALTER TABLE "TeamsBot" ADD CONSTRAINT "TeamsBot_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "TeamsBot" ADD CONSTRAINT "TeamsBot_type" CHECK (type IN ('SingleTenant', 'MultiTenant'));

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'api';

-- CreateTable
CREATE TABLE "WorkspaceCredential" (
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkspaceCredential_pkey" PRIMARY KEY ("platform","externalId")
);

ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_purpose" CHECK (purpose IN ('api', 'mail'));

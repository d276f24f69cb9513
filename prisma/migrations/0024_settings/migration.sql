-- AlterTable
ALTER TABLE "Tenant" ADD COLUMN     "accessNumber" TEXT,
ADD COLUMN     "chatCards" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "digest" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "extensionRange" TEXT NOT NULL DEFAULT '200-899',
ADD COLUMN     "holidays" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "hours" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "maxBoxMinutes" INTEGER NOT NULL DEFAULT 300,
ADD COLUMN     "maxMessageSeconds" INTEGER NOT NULL DEFAULT 180,
ADD COLUMN     "missedCallNotification" TEXT NOT NULL DEFAULT 'chat',
ADD COLUMN     "missedCalls" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "personalQueue" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "queueSeconds" INTEGER NOT NULL DEFAULT 120,
ADD COLUMN     "quietHours" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "releaseOnDeactivation" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "retentionDays" INTEGER NOT NULL DEFAULT 30,
ADD COLUMN     "transcripts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "urgentAllowed" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "chatCards" BOOLEAN,
ADD COLUMN     "digest" TEXT,
ADD COLUMN     "hours" TEXT,
ADD COLUMN     "missedCallNotification" TEXT,
ADD COLUMN     "personalQueue" BOOLEAN,
ADD COLUMN     "queueSeconds" INTEGER,
ADD COLUMN     "quietHours" TEXT,
ADD COLUMN     "transcripts" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "urgentAllowed" BOOLEAN;

-- What Prisma cannot say: a CHECK for each choice (test/contract/column-values.test.ts).
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_missedCallNotification"
  CHECK ("missedCallNotification" IN ('chat', 'email', 'both', 'none'));
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_digest" CHECK ("digest" IN ('none', 'daily', 'weekly'));
ALTER TABLE "Tenant" ADD CONSTRAINT "Tenant_releaseOnDeactivation"
  CHECK ("releaseOnDeactivation" IN ('none', 'extension', 'did', 'both'));
ALTER TABLE "User" ADD CONSTRAINT "User_missedCallNotification"
  CHECK ("missedCallNotification" IN ('chat', 'email', 'both', 'none'));
ALTER TABLE "User" ADD CONSTRAINT "User_digest" CHECK ("digest" IN ('none', 'daily', 'weekly'));

-- Presence leaves "User": an agent's state is pushed again and again, and must neither wait for a change of the person
-- nor hold one up.

-- CreateTable
CREATE TABLE "Presence" (
    "userId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma cannot say it.
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_state" CHECK ("state" IN ('signed-out', 'available', 'busy'));

INSERT INTO "Presence" ("userId", "tenantId", "state", "at")
SELECT "id", "tenantId", "presence", "presenceAt" FROM "User"
WHERE "presenceAt" IS NOT NULL AND "presence" IN ('signed-out', 'available', 'busy');

-- AlterTable
ALTER TABLE "User" DROP COLUMN "presence", DROP COLUMN "presenceAt";

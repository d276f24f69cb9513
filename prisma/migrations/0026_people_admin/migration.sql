-- CreateTable
CREATE TABLE "RestingNumber" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "restsUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RestingNumber_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PeopleChange" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "byUserId" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "filter" JSONB NOT NULL,
    "values" JSONB NOT NULL,
    "revertsId" UUID,
    "total" INTEGER NOT NULL,
    "reachedId" UUID,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "claimedAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "PeopleChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PeopleChangeLine" (
    "tenantId" UUID NOT NULL,
    "changeId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',
    "before" JSONB,

    CONSTRAINT "PeopleChangeLine_pkey" PRIMARY KEY ("changeId","userId")
);

-- CreateIndex
CREATE INDEX "RestingNumber_kind_number_idx" ON "RestingNumber"("kind", "number");

-- CreateIndex
CREATE INDEX "RestingNumber_tenantId_userId_idx" ON "RestingNumber"("tenantId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "RestingNumber_tenantId_kind_number_key" ON "RestingNumber"("tenantId", "kind", "number");

-- CreateIndex
CREATE INDEX "PeopleChange_tenantId_createdAt_idx" ON "PeopleChange"("tenantId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "PeopleChange_tenantId_id_key" ON "PeopleChange"("tenantId", "id");

-- CreateIndex
CREATE INDEX "PeopleChangeLine_tenantId_userId_idx" ON "PeopleChangeLine"("tenantId", "userId");

-- AddForeignKey
ALTER TABLE "RestingNumber" ADD CONSTRAINT "RestingNumber_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PeopleChange" ADD CONSTRAINT "PeopleChange_tenantId_byUserId_fkey" FOREIGN KEY ("tenantId", "byUserId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PeopleChange" ADD CONSTRAINT "PeopleChange_tenantId_revertsId_fkey" FOREIGN KEY ("tenantId", "revertsId") REFERENCES "PeopleChange"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PeopleChangeLine" ADD CONSTRAINT "PeopleChangeLine_tenantId_changeId_fkey" FOREIGN KEY ("tenantId", "changeId") REFERENCES "PeopleChange"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PeopleChangeLine" ADD CONSTRAINT "PeopleChangeLine_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What Prisma cannot say: a CHECK for each choice (test/contract/column-values.test.ts).
ALTER TABLE "RestingNumber" ADD CONSTRAINT "RestingNumber_kind" CHECK ("kind" IN ('extension', 'did'));
ALTER TABLE "PeopleChange" ADD CONSTRAINT "PeopleChange_status" CHECK ("status" IN ('waiting', 'done', 'failed'));
ALTER TABLE "PeopleChange" ADD CONSTRAINT "PeopleChange_language" CHECK ("language" IN ('en', 'fr'));
ALTER TABLE "PeopleChangeLine" ADD CONSTRAINT "PeopleChangeLine_outcome"
  CHECK ("outcome" IN ('updated', 'unchanged', 'refused'));

-- By which the sweep finds what waits.
CREATE INDEX "PeopleChange_waiting" ON "PeopleChange" ("dueAt") WHERE "status" = 'waiting';

-- The list of all people pages by key in each of its orders; the directory's own index leaves out those who are hidden.
CREATE INDEX "User_people_by_name" ON "User" ("tenantId", "directoryOrder" COLLATE "C", "id");
CREATE INDEX "User_people_by_username" ON "User" ("tenantId", "username", "id");
CREATE INDEX "User_people_by_extension" ON "User" ("tenantId", (COALESCE("extension", '') COLLATE "C"), "id");

-- What its search may begin with, beside the last name.
CREATE INDEX "User_first_name_begins" ON "User" ("tenantId", (directory_order("firstName") COLLATE "C"));
CREATE INDEX "User_username_begins" ON "User" ("tenantId", lower("username") text_pattern_ops);
CREATE INDEX "User_email_begins" ON "User" ("tenantId", lower("email") text_pattern_ops);

-- Whose default backup somebody is.
CREATE INDEX "User_default_backup" ON "User" ("tenantId", "defaultBackupId") WHERE "defaultBackupId" IS NOT NULL;

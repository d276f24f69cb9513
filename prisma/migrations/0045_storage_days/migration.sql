-- CreateTable
CREATE TABLE "StorageDay" (
    "tenantId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "bytes" BIGINT NOT NULL,
    "recordings" INTEGER NOT NULL,

    CONSTRAINT "StorageDay_pkey" PRIMARY KEY ("tenantId","day")
);

-- CreateTable
CREATE TABLE "MailboxStorageDay" (
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "bytes" BIGINT NOT NULL,
    "recordings" INTEGER NOT NULL,

    CONSTRAINT "MailboxStorageDay_pkey" PRIMARY KEY ("tenantId","userId","day")
);

-- CreateIndex
CREATE INDEX "MailboxStorageDay_tenantId_day_userId_idx" ON "MailboxStorageDay"("tenantId", "day", "userId");

-- AddForeignKey
ALTER TABLE "StorageDay" ADD CONSTRAINT "StorageDay_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MailboxStorageDay" ADD CONSTRAINT "MailboxStorageDay_tenantId_userId_fkey" FOREIGN KEY ("tenantId", "userId") REFERENCES "User"("tenantId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

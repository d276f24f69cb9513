-- CreateTable
CREATE TABLE "DeliveryAttempt" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "noticeId" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sent" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "DeliveryAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DeliveryAttempt_tenantId_noticeId_at_idx" ON "DeliveryAttempt"("tenantId", "noticeId", "at");

-- AddForeignKey
ALTER TABLE "DeliveryAttempt" ADD CONSTRAINT "DeliveryAttempt_tenantId_noticeId_fkey" FOREIGN KEY ("tenantId", "noticeId") REFERENCES "Notice"("tenantId", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "DeliveryAttempt" ADD CONSTRAINT "DeliveryAttempt_sent" CHECK ("sent" IN ('card', 'update'));
ALTER TABLE "DeliveryAttempt" ADD CONSTRAINT "DeliveryAttempt_outcome" CHECK ("outcome" IN ('delivered', 'refused', 'failed'));

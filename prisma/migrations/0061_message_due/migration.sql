-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "atProvider" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "messageDueAt" TIMESTAMPTZ(3);

-- For the sweep: only calls that wait for a message.
CREATE INDEX "Call_message_due" ON "Call" ("messageDueAt") WHERE disposition = 'open' AND "messageDueAt" IS NOT NULL;

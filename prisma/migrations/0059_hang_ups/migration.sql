-- A message shorter than three seconds is listed as a hang-up; nobody is told of it.
ALTER TABLE "Voicemail" DROP CONSTRAINT "Voicemail_mutedWhy";
ALTER TABLE "Voicemail" ADD CONSTRAINT "Voicemail_mutedWhy" CHECK ("mutedWhy" IN ('silence', 'blocked', 'hang-up')) NOT VALID;
ALTER TABLE "Voicemail" VALIDATE CONSTRAINT "Voicemail_mutedWhy";

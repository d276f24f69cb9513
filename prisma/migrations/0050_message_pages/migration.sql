-- What Prisma cannot say: partial indexes and an index over an expression (decision 0049).

-- A page of a mailbox by time, and how many messages there are: deleted ones, whose rows stay, are not read.
CREATE INDEX "Voicemail_open_idx" ON "Voicemail" ("tenantId", "userId", "receivedAt" DESC, "id" DESC)
  WHERE "deletedAt" IS NULL;

-- The unheard messages of a mailbox; every page of the web app shows their number.
CREATE INDEX "Voicemail_unheard_idx" ON "Voicemail" ("tenantId", "userId", "receivedAt" DESC, "id" DESC)
  WHERE "deletedAt" IS NULL AND "heardAt" IS NULL;

-- Text as it is searched: without accents and punctuation, in lower case.
CREATE FUNCTION message_text(typed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
  lower(
    translate(
      regexp_replace(normalize(typed, NFKD), '[\u0300-\u036f]', '', 'g'),
      'øØłŁđĐßæÆœŒ', 'oOlLdDsaAoO'
    ) COLLATE "C"
  ),
  '[[:punct:][:space:]’‘“”«»…]+' COLLATE "C", ' ', 'g'
);

-- The words by which a message is found: its mailbox (so that the index finds words of one mailbox), the caller and the
-- transcript, and every ending of the number, so that any part of a number is the beginning of a word. Evaluating it for
-- each row of a mailbox is expensive; the index is cheap.
CREATE FUNCTION message_words(mailbox uuid, caller text, number text, transcript text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
RETURN to_tsvector('simple', message_text(left(caller || ' ' || coalesce(transcript, ''), 50000)))
  || array_to_tsvector(ARRAY(
    SELECT substr(digits, ending) FROM (SELECT left(regexp_replace(number, '\D', '', 'g'), 20) AS digits) known,
      generate_series(1, length(digits) - 1) AS ending
  ))
  || array_to_tsvector(ARRAY['@' || mailbox::text]);

CREATE INDEX "Voicemail_words_idx" ON "Voicemail"
  USING gin (message_words("userId", "callerName", "ani", "transcript")) WHERE "purgedAt" IS NULL;

-- The listens of a message, newest first, in pages.
CREATE INDEX "Listen_tenantId_voicemailId_at_id_idx" ON "Listen" ("tenantId", "voicemailId", "at" DESC, "id" DESC);
DROP INDEX "Listen_tenantId_voicemailId_idx";

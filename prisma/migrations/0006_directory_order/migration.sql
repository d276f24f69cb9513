-- From A to Z as people read it, whatever the server's own locale: Émond stands beside Emond, O’Neil beside ONeil, and
-- de Vries among the Ds. Names in other scripts come after Z.
CREATE FUNCTION directory_order(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(
  translate(
    regexp_replace(normalize(name, NFKD), '[\u0300-\u036f''’ʼ.-]', '', 'g'),
    'øØłŁđĐßæÆœŒ', 'oOlLdDsaAoO'
  ) COLLATE "C"
);

-- One page of the directory, and how many stand under each letter, without reading anybody else.
CREATE INDEX "User_directory_order" ON "User"
  ("tenantId", (directory_order("lastName") COLLATE "C"), (directory_order("firstName") COLLATE "C"), "id")
  WHERE "inDirectory" AND "access" <> 'none';

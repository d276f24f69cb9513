import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = join(import.meta.dirname, '..', '..', 'src');
const wordLists = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.words.ts'),
);

/** The text between quotes, or between the placeholders of a template. */
const saidIn = (line: string): string =>
  [...line.matchAll(/'([^']*)'|[`}]([^`$]*)(?=[`$])/g)].map(([, plain, piece]) => plain ?? piece ?? '').join('|');

/** A plain space would let a line break before its colon, and a question mark stand alone on the next line. */
test.each(wordLists)('%s: French keeps its punctuation with its word', (path) => {
  const text = readFileSync(join(sources, path), 'utf8');
  const french = text.slice(text.search(/^(export )?const fr(Events)?\b/m));
  const loose = french.split('\n').filter((line) => / [:;?!»](?![:?.\w])|« /.test(saidIn(line)));
  expect(loose).toEqual([]);
});

/**
 * `Vous êtes connecté`, `${name} est averti`: masculine forms, though everybody reads them. “Absent du bureau” is the
 * usual term.
 */
const ofMen =
  /désolé|vous (?:êtes|serez|restez) (?:déjà |pas )?(?:(?:dé)?connecté|relié|occupé)|name\} (?:est|sera|en est) (?:déjà |aussi )?(?:averti|appelé|joint|relié)/i;

test.each(wordLists)('%s: French fits everybody', (path) => {
  const text = readFileSync(join(sources, path), 'utf8');
  const start = text.search(/^(export )?const fr(Events)?\b/m);
  expect(start).toBeGreaterThan(0);
  const french = text.slice(start);
  expect(french.split('\n').filter((line) => ofMen.test(line))).toEqual([]);
});

test('there are word lists to look at', () => {
  expect(wordLists.length).toBeGreaterThan(10);
});

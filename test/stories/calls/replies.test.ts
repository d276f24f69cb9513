import { describe, expect, test } from 'vitest';
import { readReply } from '../../../src/core/calls/dialogue/listening/read-reply.js';

/** The choice that a caller's reply makes, by each transcript, among these labels. */
const reply = (said: string | readonly string[], ...labels: string[]) =>
  readReply(
    typeof said === 'string' ? [said] : said,
    labels.map((label) => ({ label })),
  );
const toRobert = (said: string | readonly string[]) => reply(said, 'Robert Smith');
const toMarias = (said: string | readonly string[]) =>
  reply(said, 'Maria Silva, Analyst, Sales', 'Maria Silva, Recruiter, People');

describe('“Robert Smith?”', () => {
  test.each([
    'yes',
    'Yes, please.',
    'yeah',
    'um yes',
    'oh yes',
    'hello yes',
    'yes yes',
    'yep that’s right',
    'that is correct, thank you',
    'Yes, Robert Smith.',
    'yes that’s Robert',
    'yes it’s him',
    'sure, connect me to him',
    'okay',
    'ok thanks',
    'okay no problem',
    'please',
    'right',
    'of course',
    'of course, thank you very much',
    'uh huh',
    'yes sir',
    'yes connect me to Robert Smith please',
    'well yes actually',
    'that one please',
    'Smith, yes',
    'yes I said Robert Smith',
    'I think so',
    'why not',
    'oui',
    'we',
    'si',
    'ouais',
    'euh oui',
    'ah oui',
    'oui oui',
    'oui s’il vous plaît',
    'Oui, c’est bien lui.',
    'oui c’est ça, merci',
    'oui Robert',
    'bien sûr',
    'bien sûr que oui',
    'mais oui',
    'oui madame',
    'd’accord',
    'tout à fait',
    'exactement',
    'voilà',
    'ben oui',
    'yes Mr. Smith',
    'oui, je voudrais lui parler',
    'perfect, thanks, bye',
    'bonjour oui',
    'oui c’est la bonne personne',
    'pourquoi pas',
    'oui, passez-le-moi',
    'c’est bien lui',
    'oui je veux parler à Robert Smith',
  ])('%s: yes', (said) => expect(toRobert(said)).toEqual({ kind: 'yes' }));

  test.each([
    'no',
    'No.',
    'nope',
    'know',
    'no no',
    'no no no',
    'oh no',
    'um no',
    'sorry no',
    'hi no',
    'well no',
    'uh no thanks',
    'no sorry',
    'absolutely not',
    'of course not',
    'definitely not',
    'certainly not',
    'ok no',
    'okay no',
    'yes no',
    'right, not him',
    'not really him',
    'fine, somebody else',
    'sure but not him',
    'please no',
    'that’s not him',
    'that’s the wrong person',
    'no not Robert',
    'not Smith',
    'no, not Robert Smith',
    'I’d like another person',
    'please don’t',
    'no that’s not right',
    'I don’t think so',
    'no no not him sorry',
    'no, pardon',
    'not that one',
    'no hold on',
    'non',
    'ah non',
    'ben non',
    'no way',
    'wrong number',
    'je veux pas lui parler',
    'euh non',
    'mais non',
    'oh non',
    'non non',
    'non merci',
    'bonjour non',
    'désolé non',
    'bien sûr que non',
    'absolument pas',
    'exactement pas',
    'oui non',
    'pas lui',
    'non pas lui',
    'ce n’est pas lui',
    'non ce n’est pas Robert',
    'mais pas du tout',
    'surtout pas',
    'd’accord, mais pas lui',
    'je ne crois pas',
    'je pense que non',
    'non, je ne veux pas Robert Smith',
    'quelqu’un d’autre',
    'une autre personne s’il vous plaît',
    'certainement pas',
  ])('%s: no', (said) => expect(toRobert(said)).toEqual({ kind: 'no', instead: [] }));

  test.each([
    ['no, I said Bo Chen', 'bo chen'],
    ['no no Bob Smith', 'bob smith'],
    ['no, Robert Chen', 'robert chen'],
    ['oh no, sorry, I want Bo Chen please', 'bo chen'],
    ['not him, Bo Chen', 'bo chen'],
    ['not Robert, Bo Chen', 'bo chen'],
    ['not Robert Smith but Bo Chen', 'bo chen'],
    ['no not Smith, Smythe', 'smythe'],
    ['I want Bo Chen, not Robert Smith', 'bo chen'],
    ['Bo Chen please, not him', 'bo chen'],
    ['I don’t want Robert, I want Bo Chen', 'bo chen'],
    ['right, not him, Bo Chen', 'bo chen'],
    ['okay no Bo Chen', 'bo chen'],
    ['fine, somebody else: Bo Chen', 'bo chen'],
    ['no, flibbertigibbet', 'flibbertigibbet'],
    ['non pas lui, Bo Chen', 'bo chen'],
    ['non, je veux parler à Bo Chen', 'bo chen'],
    ['ce n’est pas Robert, c’est Bo Chen', 'bo chen'],
    ['ah non, j’ai dit Bo Chen', 'bo chen'],
    ['mais non, plutôt Bo Chen, merci', 'bo chen'],
    ['je ne veux pas Robert Smith, je veux Bo Chen', 'bo chen'],
  ])('%s: no, %s', (said, name) => expect(toRobert(said)).toEqual({ kind: 'no', instead: [name] }));

  test.each([
    ['please connect me to Bo Chen', 'bo chen'],
    ['okay Bo Chen', 'bo chen'],
    ['sure, but I want Bo Chen', 'bo chen'],
    ['yes, Bo Chen please', 'bo chen'],
    ['right, I said Bo Chen', 'bo chen'],
    ['yes Robert Smith in purchasing', 'robert smith in purchasing'],
    ['yes Robert Chen', 'robert chen'],
    ['yes, extension one oh two', 'extension one oh two'],
    ['oui mais je veux Bo Chen', 'bo chen'],
    ['d’accord, passez-moi Bo Chen', 'bo chen'],
    ['oui c’est Bo Chen', 'bo chen'],
    ['attendez, je veux Bo Chen', 'bo chen'],
    ['Bo Chen', 'Bo Chen'],
    ['B O, C H E N', 'B O, C H E N'],
    ['Er Li', 'Er Li'],
    ['Robert', 'Robert'],
    ['yes banana milkshake', 'banana milkshake'],
  ])('%s: who is %s?', (said, name) => expect(toRobert(said)).toEqual({ kind: 'other', said: [name] }));

  test.each([
    'um',
    'hello',
    'please hold',
    'hold on',
    'okay hold on',
    'yes wait',
    'one second',
    'right, let me think',
    'I don’t know',
    'I’m not sure',
    'merci',
    'un instant',
    'une seconde',
    'oui attendez',
    'euh',
    'je ne sais pas',
    'pas sûr',
    'actually',
  ])('%s: nothing yet', (said) => expect(toRobert(said)).toEqual({ kind: 'hesitation' }));

  test.each(['pardon?', 'sorry', 'what', 'yes pardon?', 'quoi', 'oh I didn’t catch that'])('%s: once more', (said) =>
    expect(toRobert(said)).toEqual({ kind: 'again' }),
  );

  test.each(['operator', 'no, the operator please', 'yes, an operator', 'non, la réception', 'oui le standard'])(
    '%s: the operator',
    (said) => expect(toRobert(said)).toEqual({ kind: 'operator' }),
  );

  test.each([
    [['know', 'no'], { kind: 'no', instead: [] }],
    [['yet', 'yes'], { kind: 'yes' }],
    [['okay bow chin', 'okay Bo Chen', 'Bo Chen'], { kind: 'other', said: ['bow chin', 'bo chen', 'Bo Chen'] }],
    [['no bow chin', 'no Bo Chen', 'Bo Chen'], { kind: 'no', instead: ['bow chin', 'bo chen'] }],
    [['not him', 'not Tim'], { kind: 'no', instead: [] }],
    [['absolutely not', 'absolutely', 'absolutely nut'], { kind: 'no', instead: [] }],
    [['absolument pas', 'absolument'], { kind: 'no', instead: [] }],
    [['bien sûr que non', 'bien sûr'], { kind: 'no', instead: [] }],
  ] as const)('%j', (said, answer) => expect(toRobert(said)).toEqual(answer));

  test('a name that is a yes or a no as well', () => {
    expect(reply('yes Kim No', 'Kim No')).toEqual({ kind: 'yes' });
    expect(reply('no', 'Kim No')).toEqual({ kind: 'no', instead: [] });
    expect(reply('Si Wong', 'Ann Wong')).toEqual({ kind: 'other', said: ['Si Wong'] });
    expect(reply('si', 'Si Wong')).toEqual({ kind: 'yes' });
    expect(reply('So', 'So Young')).toEqual({ kind: 'other', said: ['So'] });
  });
});

describe('one of several', () => {
  test.each([
    ['two', 2],
    ['the second one', 2],
    ['um, the second one please', 2],
    ['yes, the second one', 2],
    ['no, the second one', 2],
    ['okay number one', 1],
    ['the last one', -1],
    ['le deuxième', 2],
    ['oui la première', 1],
    ['euh le deux s’il vous plaît', 2],
    ['non, la dernière', -1],
  ])('%s', (said, number) => expect(toMarias(said)).toEqual({ kind: 'choice', number }));

  test.each([
    'one second',
    'one moment please',
    'une seconde',
    'not the first one',
    'pas la première',
    'not the analyst',
  ])('%s is no choice', (said) => expect(toMarias(said)).toEqual({ kind: 'hesitation' }));

  test.each([
    ['yeah the one in sales', 'one in sales'],
    ['the one in sales', 'one in sales'],
    ['okay the analyst', 'analyst'],
    ['yes Maria Silva', 'maria silva'],
    ['oui celle des ventes', 'celle des ventes'],
    ['okay Bo Chen', 'bo chen'],
  ])('%s: who is %s?', (said, name) => expect(toMarias(said)).toEqual({ kind: 'other', said: [name] }));

  test.each(['neither', 'none of them, sorry', 'oh no', 'aucune des deux', 'ok no'])('%s: no', (said) =>
    expect(toMarias(said)).toEqual({ kind: 'no', instead: [] }),
  );
});

describe('nobody offered', () => {
  test.each(['yes', 'no', 'oui', 'um', 'okay', 'please hold', 'merci'])('%s tells nothing', (said) =>
    expect(reply(said)).toEqual({ kind: 'hesitation' }),
  );
  test.each(['yes Bo Chen', 'no Bo Chen', 'Er Li'])('%s is looked for as it was said', (said) =>
    expect(reply(said)).toEqual({ kind: 'other', said: [said] }),
  );
});

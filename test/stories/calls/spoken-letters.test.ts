import { expect, test } from 'vitest';
import { matchAmongChoices } from '../../../src/core/calls/dialogue/listening/match-among-choices.js';
import { spokenLetters } from '../../../src/core/calls/dialogue/listening/spoken-letters.js';
import type { Person } from '../../../src/core/people/person.js';

test.each([
  ['S M I T H', '', 'smith'],
  ['Smith, S M I T H', 'smith', 'smith'],
  // A first name that sounds like a letter is a name if letters follow.
  ['Jay S M I T H', 'jay', 'smith'],
  ['see aitch ee en', '', 'chen'],
  ['see aitch E N', '', 'chen'],
  ['Bo Chen, that is see aitch ee en', 'bo chen', 'chen'],
  ['cé hache é enne', '', 'chen'],
  ['bee oh', '', 'bo'],
  ['double you o el eff', '', 'wolf'],
  ['te erre e emme bé elle a i grec', '', 'tremblay'],
])('“%s” is %j, spelled %s', (said, name, letters) => {
  expect(spokenLetters(said)).toMatchObject({ name, letters });
});

test.each(['Paul Robert', 'Kay Miller', 'who are you', 'can you see', 'Dee', 'je veux parler à elle', 'Marie de Roy'])(
  '“%s” spells nothing',
  (said) => {
    expect(spokenLetters(said)).toBeUndefined();
  },
);

test.each([
  ['Kay Oh', ['Kay Oh']],
  ['kay oh', ['Kay Oh']],
  ['see aitch ee en', ['Bo Chen']],
  ['O H', ['Kay Oh', 'Jay Oh']],
])('among a few people “%s” is %j: a name may be made of letters', (said, meant) => {
  const people = ['Kay Oh', 'Jay Oh', 'Bo Chen'].map((name) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    return { id: name, firstName, lastName, title: '', team: '' } as unknown as Person;
  });
  expect(matchAmongChoices(people, [said]).map(({ id }) => id)).toEqual(meant);
});

import { expect, test } from 'vitest';
import { spokenLetters } from '../../../src/core/calls/dialogue/listening/spoken-letters.js';

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

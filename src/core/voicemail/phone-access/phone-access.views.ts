import type { Reader } from '../../chat/phrasing.js';
import type { Block, Card, Form } from '../../chat/view.js';
import { wordsIn } from '../../chat/words.js';
import { formatNumber } from '../../phone-number.js';
import { phoneAccessActions } from './phone-access.action-ids.js';
import type { PhoneAccess } from './phone-access.types.js';

/** The data of the card of access by phone. */
interface ShownPhoneAccess extends PhoneAccess {
  readonly country: string;
  /** False: an admin acts as the person, and learns nothing of the PIN. */
  readonly isOwn: boolean;
  /** What has just been done. */
  readonly said?: string | undefined;
}

/** Return the card of access by phone: the number to call, the extension, and the way to a PIN. */
export function phoneAccessCard(reader: Reader, shown: ShownPhoneAccess): Card {
  const words = wordsIn(reader.locale).phoneAccess;
  const { accessNumber, extension, hasPin, greetingKey, country, isOwn, said } = shown;
  const number = accessNumber === null ? undefined : formatNumber(accessNumber, country);
  const line = number === undefined ? words.notSetUp : words.how(number);
  const keys = greetingKey ? [words.keys, words.greetingKey] : [words.keys];
  const notes = number === undefined ? [] : keys.map((text) => ({ kind: 'note', text }) as const);
  const pin: readonly Block[] = isOwn
    ? [
        {
          kind: 'buttons',
          buttons: [
            {
              kind: 'form',
              action: phoneAccessActions.pin,
              label: hasPin ? words.changePin : words.choosePin,
              carries: {},
              ...(hasPin ? {} : { tone: 'main' }),
            },
          ],
        },
        { kind: 'note', text: words.pinIsYours },
      ]
    : [{ kind: 'note', text: words.pinOfAnother }];
  return {
    title: words.title,
    summary: said ?? line,
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text', text: said } as const]),
      { kind: 'text', text: line },
      {
        kind: 'facts',
        facts: [
          ...(number === undefined ? [] : [{ label: words.number, value: number }]),
          { label: words.extension, value: extension ?? words.noExtension },
          ...(isOwn ? [{ label: words.pin, value: hasPin ? words.pinSet : words.noPin }] : []),
        ],
      },
      ...notes,
      ...pin,
    ],
  };
}

/** Return the form of a new PIN. */
export function pinFormView(reader: Reader): Form {
  const words = wordsIn(reader.locale).phoneAccess;
  return {
    id: phoneAccessActions.pin,
    title: words.choosePin,
    submit: words.save,
    cancel: words.cancel,
    carries: {},
    fields: [
      {
        kind: 'text',
        name: 'pin',
        label: words.newPin,
        hint: words.pinHint,
        required: true,
        secret: true,
        maxLength: 10,
      },
    ],
  };
}

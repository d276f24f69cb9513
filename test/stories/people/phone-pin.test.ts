import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { takeRequest } from '../../../src/core/app/dispatch.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Request } from '../../../src/core/chat/exchange.js';
import { asId, type RequestId } from '../../../src/core/ids.js';
import { isPin } from '../../../src/core/people/pin.js';
import { type Company, testCompany } from '../../support/company.js';
import { importFile } from '../../support/import.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany({ tenant: { accessNumber: '+14165550188' } });
});

const choose = (pin: string, person = company.ann) => company.submit(person, 'phone.pin', { pin });
const refusal = async (pin: string, person = company.ann) => problemsOf(await choose(pin, person)).pin;
const row = (person = company.ann) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });
/** Strong ones, each different. */
const pins = ['4826', '593718', '7294', '8135', '6392', '9402'] as const;

describe('a person sees to access by phone', () => {
  test('reads the number to call and their extension, and chooses a PIN', async () => {
    const card = await company.ask(company.ann, 'phone');
    expect(textOf(card)).toContain('Call (416) 555-0188 from any phone');
    expect(textOf(card)).toContain('Your extension: 101');
    expect(textOf(card)).toContain('PIN: Not set yet');
    const form = formOf(await company.press(company.ann, card, 'phone.pin'));
    const changed = await company.submit(company.ann, form, { pin: ' 4826 ' });
    expect(textOf(changed)).toContain('Your PIN is saved.');
    expect(textOf(changed)).toContain('PIN: Set');
    expect(JSON.stringify(changed)).not.toContain('4826');
    expect(await isPin((await row()).pinHash ?? '', '4826')).toBe(true);
    expect(buttonsOf(await company.ask(company.ann, 'phone')).map(({ label }) => label)).toEqual(['Change the PIN']);
  });

  test('reads what is missing, in French too', async () => {
    const bare = await testCompany({ numberless: true });
    expect(textOf(await bare.ask(bare.ann, 'pin'))).toContain('has not set up access by phone yet');
    for (const word of ['téléphone', 'telephone', 'nip'])
      expect(textOf(await bare.ask(bare.nil, word, { locale: 'fr-CA' }))).not.toContain('NIP');
    await bare.db.user.updateMany({ where: { id: bare.bo.id }, data: { extension: null } });
    const french = textOf(await bare.ask(bare.bo, 'nip', { locale: 'fr-CA' }));
    expect(french).toContain('n’a pas encore configuré');
    expect(french).toContain('Aucun pour l’instant');
  });

  test('leaves a line on record that says no more than that it changed', async () => {
    await choose(pins[0]);
    await choose(pins[1]);
    const lines = (await company.audit()).filter(({ subjectId }) => subjectId === company.ann.id);
    expect(lines.map(({ event, before, after }) => ({ event, before, after }))).toEqual([
      { event: 'user.updated', before: { pin: 'cleared' }, after: { pin: 'set' } },
      { event: 'user.updated', before: { pin: 'set' }, after: { pin: 'set' } },
    ]);
  });

  test('only in Attendant Plus', async () => {
    const plain = await testCompany({ tenant: { edition: 'attendant' }, numberless: true });
    expect(textOf(await plain.ask(plain.ann, 'phone'))).toContain('edition');
    expect(textOf(await plain.click(plain.ann, 'phone.pin'))).toContain('edition');
    expect(textOf(await plain.submit(plain.ann, 'phone.pin', { pin: pins[0] }))).toContain('edition');
    expect(await plain.db.user.count({ where: { pinHash: { not: null } } })).toBe(0);
  });
});

describe('a PIN is refused', () => {
  test.each([
    ['', 'A PIN has 4 to 10 digits.'],
    ['482', 'A PIN has 4 to 10 digits.'],
    ['48261357902', 'A PIN has 4 to 10 digits.'],
    ['48a6', 'A PIN has 4 to 10 digits.'],
    ['9'.repeat(40), 'A PIN has 4 to 10 digits.'],
    ['7777', 'This PIN repeats itself. Choose one that is harder to guess.'],
    ['484848', 'This PIN repeats itself. Choose one that is harder to guess.'],
    ['4567', 'This PIN is a run of digits. Choose one that is harder to guess.'],
    ['3210', 'This PIN is a run of digits. Choose one that is harder to guess.'],
    ['2580', 'This PIN is a line on the keypad. Choose one that is harder to guess.'],
  ])('as too easy to guess, with the reason: %j', async (pin, reason) => {
    expect(await refusal(pin)).toBe(reason);
    expect((await row()).pinHash).toBeNull();
  });

  test('where it is the person’s extension, or that backwards; the same may do for somebody else', async () => {
    await company.db.user.updateMany({ where: { id: company.ann.id }, data: { extension: '4917' } });
    for (const pin of ['4917', '7194']) expect(await refusal(pin)).toContain('your extension backwards');
    expect((await choose('4917', company.bo)).kind).toBe('replace');
  });

  test('and what was typed is not shown again', async () => {
    const answer = await choose('4567');
    expect(answer.kind).toBe('invalid');
    expect(JSON.stringify(answer)).not.toContain('4567');
  });

  test('where it is one of the last five', async () => {
    const [first, ...others] = pins;
    await choose(first);
    for (const pin of others.slice(0, 4)) {
      expect((await choose(pin)).kind).toBe('replace');
      for (const used of [first, pin]) expect(await refusal(used)).toContain('one of your last five PINs');
    }
    await choose(others[4] ?? '');
    expect(await refusal(others[0] ?? '')).toContain('one of your last five PINs');
    expect((await choose(first)).kind).toBe('replace');
    expect((await row()).pastPinHashes).toHaveLength(5);
  });

  test('also where an admin has reset or removed it since', async () => {
    await choose(pins[0]);
    await company.click(company.ada, 'admin.reset-pin', { user: company.ann.id });
    await company.work();
    expect(await refusal(pins[0])).toContain('one of your last five PINs');
    const notice = company.cardsOf(company.ann).at(-1);
    const form = formOf(await company.press(company.ann, notice, 'phone.pin'));
    expect((await company.submit(company.ann, form, { pin: pins[1] })).kind).toBe('replace');

    await importFile(company.deps, installationActor(company.tenantId, 'cli'), 'username,pin\nann,-');
    expect((await row()).pinHash).toBeNull();
    expect(await refusal(pins[1])).toContain('one of your last five PINs');
  });
});

describe('a PIN is its owner’s alone', () => {
  test('an admin who acts as the person neither learns of it nor changes it', async () => {
    await choose(pins[0]);
    const { pinHash } = await row();
    const reason = 'Ann is ill and asked me to set her absence.';
    await company.submit(company.ada, 'impersonation.start', { user: company.ann.id, reason });
    const card = await company.ask(company.ada, 'phone');
    expect(textOf(card)).toContain('Your extension: 101');
    expect(textOf(card)).not.toContain('PIN: ');
    expect(buttonsOf(card)).toEqual([]);
    const refused = 'Only the person can see to their PIN. Stop acting as them first.';
    expect(textOf(await company.click(company.ada, 'phone.pin'))).toContain(refused);
    for (const pin of [pins[0], pins[1], '1111'])
      expect(textOf(await company.submit(company.ada, 'phone.pin', { pin }))).toContain(refused);
    expect(await row()).toMatchObject({ pinHash, pastPinHashes: [] });
  });

  test('no request that waits for its answer holds one', async () => {
    const asks: ((Request & { kind: 'submit' }) | (Request & { kind: 'command' }))[] = [
      { ...who(), kind: 'submit', form: 'phone.pin', values: { pin: pins[1] }, carries: {} },
      ...[`phone ${pins[1]}`, ` Téléphone  mon nip ${pins[1]}`, `pin\n${pins[1]}`].map(
        (text) => ({ ...who(), kind: 'command', text, mentions: [] }) as const,
      ),
    ];
    for (const ask of asks) await takeRequest(company.deps, ask, { answersLater: true });
    const rows = await company.db.seenRequest.findMany({ where: { id: { in: asks.map(({ id }) => id) } } });
    expect(rows.filter(({ asked }) => asked !== null)).toHaveLength(asks.length);
    expect(JSON.stringify(rows.map(({ asked }) => asked))).not.toContain(pins[1]);
  });
});

const who = () => ({ id: asId<RequestId>(randomUUID()), from: company.ann.account });

import { beforeEach, describe, expect, test } from 'vitest';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Answer } from '../../../src/core/chat/exchange.js';
import type { CarriedData } from '../../../src/core/chat/view.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { buttonsOf, formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

let sources = 0;
async function leave(to: Person, callerName: string, seconds = 4): Promise<string> {
  company.clock.forward({ seconds: 60 });
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `chat list ${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(seconds),
    callerName,
  });
  return id;
}

const row = (id: string) => company.db.voicemail.findUniqueOrThrow({ where: { id } });

/** Press a button of the list with these messages ticked. */
function pressTicked(person: Person, listed: Answer, action: string, ...ids: string[]): Promise<Answer> {
  const button = buttonsOf(listed).find((one) => one.action === action && one.carries?.voicemails === '');
  if (!button) throw new Error(`no ${action} for what is ticked`);
  return company.click(person, action, { ...(button.carries as CarriedData), voicemails: ids.join(' ') });
}

describe('an action on what is ticked in the list', () => {
  test('answers with the list as it is then, and the undo brings all of them back into it', async () => {
    const [one, two, three] = [
      await leave(company.ann, 'One'),
      await leave(company.ann, 'Two'),
      await leave(company.ann, 'Three'),
    ];
    const listed = await company.ask(company.ann, 'voicemail');
    const deleted = await pressTicked(company.ann, listed, 'voicemail.delete', one, three);
    expect(deleted.kind).toBe('replace');
    expect(textOf(deleted)).toContain('2 messages deleted');
    expect(textOf(deleted)).toContain('1 message, 1 unheard');
    expect(textOf(deleted)).toContain('Two');
    expect(textOf(deleted)).not.toContain('Three');
    const undone = await company.press(company.ann, deleted, 'voicemail.undo');
    expect(textOf(undone)).toContain('2 messages restored');
    expect(textOf(undone)).toContain('3 messages, 3 unheard');
    for (const id of [one, two, three]) expect((await row(id)).deletedAt).toBeNull();
  });

  test('keeps the search, the order and the page', async () => {
    const ids = [];
    for (let at = 0; at < 10; at += 1) ids.push(await leave(company.ann, `Dentist ${at}`));
    await leave(company.ann, 'Other');
    const form = formOf(await company.click(company.ann, 'voicemail.find'));
    const found = await company.submit(company.ann, form, {
      search: 'dent',
      show: 'open',
      sort: 'caller',
      length: 'any',
    });
    const second = await company.press(company.ann, found, 'voicemail.older');
    expect(textOf(second)).toContain('Dentist 8');
    const handled = await pressTicked(company.ann, second, 'voicemail.handled', ids[9] ?? '');
    expect(textOf(handled)).toContain('1 message marked handled');
    expect(textOf(handled)).toContain('Shown: Not handled · Search: dent · Sorted by Caller, A to Z');
    expect(textOf(handled)).toContain('Dentist 8');
    expect(textOf(handled)).not.toContain('Dentist 9');
    expect(textOf(handled)).not.toContain('Dentist 7');
  });

  test('with none ticked says so above the list', async () => {
    await leave(company.ann, 'Kim Caller');
    const listed = await company.ask(company.ann, 'voicemail');
    const told = await company.press(company.ann, listed, 'voicemail.delete');
    expect(textOf(told)).toContain('No message is selected. Tick the messages first.');
    expect(textOf(told)).toContain('Kim Caller');
    expect(await company.db.voicemail.count({ where: { deletedAt: { not: null } } })).toBe(0);
  });

  test('by forwarding asks for the person and a note, and returns to the list', async () => {
    const ids = [await leave(company.ann, 'One'), await leave(company.ann, 'Two')];
    const listed = await company.ask(company.ann, 'voicemail');
    const form = formOf(await pressTicked(company.ann, listed, 'voicemail.forward', ...ids));
    expect(form.intro).toContain('2 messages');
    expect(problemsOf(await company.submit(company.ann, form, { recipient: company.ann.id })).recipient).toContain(
      'yours',
    );
    const sent = await company.submit(company.ann, form, { recipient: company.bo.id, note: 'please' });
    expect(textOf(sent)).toContain('2 messages being forwarded');
    expect(textOf(sent)).toContain('2 messages, 2 unheard');
    await company.work({ twice: true });
    expect(await company.db.voicemail.count({ where: { userId: company.bo.id, forwardNote: 'please' } })).toBe(2);
  });

  test('offers no forwarding where the company switched it off', async () => {
    await leave(company.ann, 'Kim');
    await company.db.tenant.updateMany({ data: { forwardingAllowed: false } });
    const listed = await company.ask(company.ann, 'voicemail');
    expect(buttonsOf(listed).map(({ action }) => action)).not.toContain('voicemail.forward');
  });

  test('that a colleague did meanwhile is named, and is not theirs to undo', async () => {
    await company.submit(
      company.ada,
      'mailbox.member',
      { user: company.ann.id, level: 'handle' },
      { mailbox: company.box.id },
    );
    await company.submit(
      company.ada,
      'mailbox.member',
      { user: company.bo.id, level: 'handle' },
      { mailbox: company.box.id },
    );
    const [taken, gone, free] = [
      await leave(company.box, 'Taken'),
      await leave(company.box, 'Gone'),
      await leave(company.box, 'Free'),
    ];
    const listed = await company.ask(company.ann, 'voicemail');
    await company.click(company.bo, 'voicemail.handled', { voicemail: taken });
    await company.click(company.bo, 'voicemail.delete', { voicemail: gone });

    const handled = await pressTicked(company.ann, listed, 'voicemail.handled', taken, gone, free);
    expect(textOf(handled)).toContain('1 message marked handled');
    expect(textOf(handled)).toMatch(/Taken, .*: Handled already by Bo Chen\./);
    expect(textOf(handled)).toMatch(/Gone, .*: This message is deleted\./);
    expect((await row(taken)).handledById).toBe(company.bo.id);

    const deleted = await pressTicked(company.ann, listed, 'voicemail.delete', gone, free);
    expect(textOf(deleted)).toContain('1 message deleted');
    expect(textOf(deleted)).toMatch(/Gone, .*: Deleted already\./);
    await company.press(company.ann, deleted, 'voicemail.undo');
    expect((await row(free)).deletedAt).toBeNull();
    expect((await row(gone)).deletedAt).not.toBeNull();
  });

  test('refuses messages of others and of nobody, and changes the own one beside them', async () => {
    const [own, stranger] = [await leave(company.ann, 'Own'), await leave(company.bo, 'Secret Caller')];
    const listed = await company.ask(company.ann, 'voicemail');
    const ids = [own, stranger, crypto.randomUUID(), "'; --", own.toUpperCase()];
    const said = await pressTicked(company.ann, listed, 'voicemail.delete', ...ids);
    expect(textOf(said)).toContain('1 message deleted');
    expect(textOf(said)).toContain('A message: This message is not in your mailbox.');
    expect(textOf(said)).not.toContain('Secret Caller');
    expect((await row(stranger)).deletedAt).toBeNull();
  });

  test('of more than fifty is refused above the list', async () => {
    const own = await leave(company.ann, 'Own');
    const listed = await company.ask(company.ann, 'voicemail');
    const ids = [own, ...Array.from({ length: 50 }, () => crypto.randomUUID())];
    expect(textOf(await pressTicked(company.ann, listed, 'voicemail.delete', ...ids))).toContain('at most 50');
    expect((await row(own)).deletedAt).toBeNull();
  });
});

test('the cards in chat follow what was done with many at once', async () => {
  const ids = [await leave(company.ann, 'One'), await leave(company.ann, 'Two')];
  await company.work();
  await company.click(company.ann, 'voicemail.handled', { voicemails: ids.join(' ') });
  await company.work();
  const cards = company.cardsOf(company.ann).map((card) => JSON.stringify(card));
  expect(cards).toHaveLength(2);
  for (const card of cards) expect(card).toContain('Handled by Ann');
});

describe('the filters in chat', () => {
  const find = async (values: Readonly<Record<string, string | boolean>>): Promise<string> => {
    const form = formOf(await company.click(company.ann, 'voicemail.find'));
    const all = { show: 'all', sort: 'received', length: 'any', ...values };
    return textOf(await company.submit(company.ann, form, all));
  };

  test('are those of the browser: caller, days, length, heard, handled', async () => {
    const early = await leave(company.ann, 'Kim One');
    const late = await leave(company.ann, 'Bo Two');
    await company.db.voicemail.update({ where: { id: early }, data: { receivedAt: new Date('2030-01-10T16:00:00Z') } });
    await company.db.voicemail.update({
      where: { id: late },
      data: { durationSeconds: 130, heardAt: company.clock.now() },
    });
    const cases: [Readonly<Record<string, string>>, string, string][] = [
      [{ caller: 'kim' }, 'Kim One', 'Caller: kim'],
      [{ until: '2030-01-10' }, 'Kim One', 'To Thu, Jan 10'],
      [{ since: '2030-01-11' }, 'Bo Two', 'From Fri, Jan 11'],
      [{ length: 'long' }, 'Bo Two', '2 min and longer'],
      [{ length: 'short' }, 'Kim One', 'Shorter than 30 s'],
      [{ show: 'heard' }, 'Bo Two', 'Shown: Heard'],
      [{ show: 'unheard' }, 'Kim One', 'Shown: New'],
    ];
    for (const [values, caller, line] of cases) {
      const listed = await find(values);
      expect(listed, line).toContain(line);
      expect(listed, line).toContain('1 message\n');
      expect(listed, line).toContain(caller);
    }
    expect(await find({ show: 'handled' })).toContain('No message fits');
  });

  test('sort by a column, either way', async () => {
    for (const caller of ['Ada', 'Zoe', 'Kim']) await leave(company.ann, caller);
    const order = (listed: string) =>
      ['Ada', 'Kim', 'Zoe'].sort((a, b) => listed.indexOf(a) - listed.indexOf(b)).join();
    expect(order(await find({ sort: 'caller' }))).toBe('Ada,Kim,Zoe');
    const reversed = await find({ sort: 'caller', reversed: true });
    expect(order(reversed)).toBe('Zoe,Kim,Ada');
    expect(reversed).toContain('Sorted by Caller, A to Z, reversed');
    expect(order(await find({ reversed: true }))).toBe('Ada,Zoe,Kim');
  });

  test('that are no day, no length and far too long become the default or a problem, and open again as chosen', async () => {
    await leave(company.ann, 'Kim');
    expect(await find({ since: 'yesterday', until: '2030-99-99', length: 'x' })).toContain('1 message, 1 unheard');
    expect(await find({ since: '0000-01-01', until: '9999-12-31' })).toContain('1 message, 1 unheard');
    const form = formOf(await company.click(company.ann, 'voicemail.find'));
    const long = await company.submit(company.ann, form, { show: 'all', sort: 'received', caller: 'x'.repeat(201) });
    expect(problemsOf(long).caller).toBeDefined();
    const listed = await company.submit(company.ann, form, {
      show: 'open',
      sort: 'length',
      caller: 'kim',
      length: 'short',
    });
    const again = formOf(await company.press(company.ann, listed, 'voicemail.find'));
    const values = Object.fromEntries(
      again.fields.map((field) => [field.name, 'value' in field ? field.value : undefined]),
    );
    expect(values).toMatchObject({ show: 'open', sort: 'length', caller: 'kim', length: 'short', reversed: false });
  });
});

test('a box of many thousands is counted as each language counts', () => {
  expect(wordsIn('en').voicemail.listSummary(12_000, 1_500)).toBe('12,000 messages, 1,500 unheard');
  expect(wordsIn('fr').voicemail.listSummary(12_000, 1_500)).toBe('12\u00a0000 messages, dont 1\u00a0500 non écoutés');
});

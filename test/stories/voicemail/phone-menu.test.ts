import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPin } from '../../../src/core/people/pin.js';
import type { SimulatedCall } from '../../../src/phone/simulator/call.types.js';
import { wav } from '../../support/audio.js';
import {
  accessNumber,
  annsPin,
  lastPlayed,
  lastSaid,
  type MenuCompany,
  menuCompany,
} from '../../support/phone-menu.js';
import { textOf } from '../../support/read.js';

let menu: MenuCompany;
beforeEach(async () => {
  menu = await menuCompany();
});
afterEach(() => expect(menu.provider.problems).toEqual([]));

const signedIn = (...keys: readonly string[]) => menu.dial(['101', annsPin, ...keys]);
const row = (id: string) => menu.company.db.voicemail.findUniqueOrThrow({ where: { id } });
const events = async () => (await menu.company.audit()).map(({ event, via }) => `${event} ${via}`);
const greetings = () => menu.company.db.greeting.findMany({ include: { recording: true } });

describe('the door', () => {
  test('asks for the extension and the PIN, then greets and counts', async () => {
    await menu.message(4);
    await menu.message(5);
    await menu.company.db.voicemail.updateMany({ where: { durationSeconds: 5 }, data: { heardAt: new Date() } });
    const call = await menu.dial();
    expect(lastSaid(call)).toBe('Voicemail of Maple & Co. Enter your extension, then press pound.');
    expect(lastSaid(await menu.key(call, '101'))).toBe('Enter your PIN, then press pound.');
    expect(lastSaid(await menu.key(call, annsPin))).toMatch(
      /^Hello, Ann Baker\. You have 1 new message, and 1 saved\. To hear new messages, press 1\./,
    );
    expect(await events()).toContain('phone.signed-in phone');
    const over = await menu.key(call, '*');
    expect([lastSaid(over), over.expects]).toEqual(['Goodbye.', 'over']);
  });

  test('whoever calls from their own number presses pound instead of an extension', async () => {
    const call = await menu.dial([], '+14165550191');
    expect(lastSaid(call)).toContain('For your own mailbox, press pound.');
    expect(lastSaid(await menu.key(call, '#', annsPin))).toContain('Hello, Ann Baker');
  });

  test('the company’s language, the other one by key, and from the PIN on the person’s own', async () => {
    await menu.company.db.tenant.update({
      where: { id: menu.company.tenantId },
      data: { language: 'fr', languageKey: true },
    });
    const call = await menu.dial();
    expect(lastSaid(call)).toBe(
      'Messagerie vocale de Maple & Co. Entrez votre numéro de poste, puis appuyez sur le carré. For English, press 9, then pound.',
    );
    expect(call.heard.map((step) => (step.kind === 'said' ? step.language : ''))).toEqual(['fr', 'fr', 'en']);
    expect(lastSaid(await menu.key(call, '9'))).toContain('Enter your extension');
    await menu.givePin(menu.company.cleo, '7294');
    expect(lastSaid(await menu.key(call, '103', '7294'))).toMatch(
      /^Bonjour, Cléo Dubois\. Vous n’avez aucun nouveau message\./,
    );
  });

  test('keys typed ahead lead straight to the first message', async () => {
    await menu.message(4);
    const call = await menu.dial([`101#${annsPin}#1`]);
    expect(lastSaid(call)).toContain('One message. From Marie Roy, today at 10:00 am.');
    expect(lastPlayed(call)).toEqual([4]);
  });

  test('keys that come in one post stop at a refusal, and what was done is always said', async () => {
    const twiml = async (call: SimulatedCall, turn: number, digits: string) => {
      const place = { tenant: menu.company.tenantId, call: call.id, leg: String(turn) };
      const fields = { CallSid: call.id, From: call.from, To: accessNumber, Digits: digits };
      return (await menu.post(`/voice/menu?${new URLSearchParams(place)}`, fields)).text();
    };
    const refused = await twiml(await menu.dial(), 1, '101#9402#1');
    expect(refused).toContain('That extension and PIN do not match.');
    expect(refused).toContain('Enter your extension');
    expect(await twiml(await signedIn(), 3, '51234#1234#')).toContain('This PIN is a run of digits.');
    const away = await twiml(await signedIn(), 3, '413');
    expect(away).toMatch(/You are out of office from now on\..*For your name, press 1\./);
  });

  test('zero and silence repeat the choices; three silences end the call', async () => {
    await menu.message(4);
    const call = await signedIn('1');
    expect(lastSaid(await menu.key(call, '0'))).toMatch(/^To hear it again, press 1\..*To forward it, 4\./);
    expect(lastPlayed(await menu.key(call, ''))).toEqual([]);
    const over = await menu.key(call, '', '');
    expect([lastSaid(over), over.expects]).toEqual(['You did not make a choice. Goodbye.', 'over']);
  });
});

describe('messages', () => {
  test('are heard in turn, and then are so on every card, with how', async () => {
    const [first, second] = [await menu.message(4), await menu.message(7, { callerName: '' })];
    await menu.work();
    const call = await signedIn('1');
    expect(lastPlayed(call)).toEqual([4]);
    const next = await menu.key(call, '2');
    expect(lastSaid(next)).toMatch(/^Saved\. Message 2 of 2\. From 5 1 4, 5 5 5, 0 1 6 6, today at 10:00 am\./);
    expect(lastPlayed(next)).toEqual([7]);
    expect(lastSaid(await menu.key(call, '#'))).toMatch(/^No more messages\. You have no new messages, and 2 saved\./);
    for (const id of [first, second]) expect((await row(id)).heardAt).not.toBeNull();
    expect(await events()).toEqual(expect.arrayContaining(['voicemail.played phone', 'voicemail.heard phone']));
    await menu.work();
    expect(menu.company.cardsOf(menu.company.ann).map(textOf).join('\n')).toContain(
      'Heard by Ann Baker by phone, 10:00 am',
    );
  });

  test('what is skipped by a key typed ahead stays new', async () => {
    const [first] = [await menu.message(4), await menu.message(7)];
    const call = await menu.dial([`101#${annsPin}#1#`]);
    expect(lastPlayed(call)).toEqual([7]);
    expect((await row(first)).heardAt).toBeNull();
    expect(lastSaid(await menu.key(call, '7'))).toContain('Message 1 of 2.');
    expect((await row(first)).heardAt).not.toBeNull();
  });

  test('are played again, with caller and time, the one before, and marked handled', async () => {
    const [first] = [await menu.message(4), await menu.message(7)];
    const call = await signedIn('1');
    expect(lastPlayed(await menu.key(call, '1'))).toEqual([4]);
    expect(lastSaid(await menu.key(call, '6'))).toMatch(
      /^From Marie Roy\. Received today at 10:00 am\. Length: 4 seconds\. Number: 5 1 4, 5 5 5, 0 1 6 6\./,
    );
    expect(lastSaid(await menu.key(call, '7'))).toMatch(/^This is the first one\./);
    expect(lastSaid(await menu.key(call, '#', '7'))).toContain('Message 1 of 2.');
    expect(lastSaid(await menu.key(call, '8'))).toMatch(/^Marked handled\./);
    expect(await row(first)).toMatchObject({ handledById: menu.company.ann.id });
    expect(await menu.company.db.listen.count({ where: { voicemailId: first, byPhone: true } })).toBe(3);
  });

  test('are deleted, and had back for five minutes', async () => {
    const id = await menu.message(4);
    const call = await signedIn('1');
    expect(lastSaid(await menu.key(call, '3'))).toBe(
      'Deleted. To have it back, press 3. For the next message, press pound.',
    );
    expect((await row(id)).deletedAt).not.toBeNull();
    expect(lastSaid(await menu.key(call, '3'))).toMatch(/^The message is back\./);
    expect((await row(id)).deletedAt).toBeNull();
    await menu.key(call, '3');
    menu.company.clock.forward({ minutes: 6 });
    expect(lastSaid(await menu.key(call, '3'))).toContain('The 5 minutes are over');
    await menu.work();
    expect((await row(id)).purgedAt).not.toBeNull();
  });

  test('are forwarded to an extension, or to letters of a name', async () => {
    const id = await menu.message(4);
    const call = await signedIn('1', '4');
    expect(lastSaid(call)).toContain('Enter the extension of the person');
    expect(lastSaid(await menu.key(call, '999999'))).toMatch(/^I found nobody\./);
    expect(lastSaid(await menu.key(call, '102'))).toBe(
      'Forward it to Bo Chen, extension 1 0 2? To send it, press 1. To say something before it, press 2. To go back, press star.',
    );
    expect(lastSaid(await menu.key(call, '1'))).toMatch(/^Forwarded to Bo Chen\./);
    expect(lastSaid(await menu.key(call, '4', '101', '1'))).toMatch(/^This message is yours already\./);
    // D-U-B: Cléo Dubois.
    expect(lastSaid(await menu.key(call, '4', '382'))).toContain('Cléo Dubois');
    await menu.key(call, '1');
    await menu.work();
    const copies = await menu.company.db.voicemail.findMany({ where: { forwardOfId: id }, select: { userId: true } });
    expect(copies.map(({ userId }) => userId).sort()).toEqual([menu.company.bo.id, menu.company.cleo.id].sort());
  });

  test('are not forwarded where the company forbids it; the reason is said', async () => {
    await menu.message(4);
    await menu.company.db.tenant.update({
      where: { id: menu.company.tenantId },
      data: { forwardingAllowed: false },
    });
    expect(lastSaid(await signedIn('1', '4', '102'))).toContain(
      'Your company has switched forwarding of voicemails off.',
    );
  });

  describe('with a few words before them', () => {
    const toReview = async (seconds = 3, part = '1') => {
      const call = await signedIn(part, '4', '102', '2');
      expect([lastSaid(call), call.expects]).toEqual(['Speak after the tone, then press pound.', 'recording']);
      return menu.provider.phone.leave(call.id, wav(seconds), 'key');
    };
    const copy = () =>
      menu.company.db.voicemail.findFirst({
        where: { forwardOfId: { not: null } },
        include: { recording: true },
      });

    test('are heard with them, everywhere, and so is their length', async () => {
      const id = await menu.message(4);
      const review = await toReview();
      expect(lastPlayed(review)).toEqual([3]);
      expect(lastSaid(review)).toMatch(/^Here is your recording\. To send the message with your note, press 1\./);
      expect(lastPlayed(await menu.key(review, '2'))).toEqual([3]);
      expect(lastSaid(await menu.key(review, '1'))).toMatch(/^Forwarded to Bo Chen, with your note\./);
      await menu.work();
      const sent = await copy();
      expect(sent).toMatchObject({ userId: menu.company.bo.id, durationSeconds: expect.closeTo(7.7, 1) });
      expect((await row(id)).durationSeconds).toBeCloseTo(4);
      expect(menu.company.cardsOf(menu.company.bo).map(textOf).join('\n')).toMatch(
        /Forwarded by Ann Baker\nA spoken note \(3 s\) comes before the message\./,
      );
      await menu.givePin(menu.company.bo, '7294');
      const bos = await menu.dial(['102', '7294', '1']);
      expect(lastSaid(bos)).toContain('Forwarded by Ann Baker, with a note.');
      expect(lastPlayed(bos)).toEqual([8]);
      // The note alone is nowhere any more.
      expect((await storedFiles()).length).toBe(2);
      expect(await menu.company.db.recording.count()).toBe(2);
    });

    test('say them again, or send the message without', async () => {
      await menu.message(4);
      const again = await menu.key(await toReview(), '3');
      expect(again.expects).toBe('recording');
      const second = await menu.provider.phone.leave(again.id, wav(5), 'key');
      expect(lastPlayed(second)).toEqual([5]);
      expect(lastSaid(await menu.key(second, '*'))).toMatch(/^Forward it to Bo Chen, .* To say something before it/);
      expect(lastSaid(await menu.key(second, '1'))).toMatch(/^Forwarded to Bo Chen\./);
      await menu.work();
      expect((await copy())?.durationSeconds).toBeCloseTo(4);
      expect((await storedFiles()).length).toBe(1);
    });

    test('nothing is said, or the caller hangs up: nothing is sent, and nothing is left', async () => {
      await menu.message(4);
      const silent = await toReview(0.1);
      expect(lastSaid(silent)).toMatch(/^I heard nothing\. Forward it to Bo Chen/);
      await menu.provider.phone.hangUp((await toReview(3, '2')).id);
      await menu.work();
      expect(await copy()).toBeNull();
      expect((await storedFiles()).length).toBe(1);
    });

    test('who has the message gets it no second time', async () => {
      await menu.message(4);
      await menu.key(await toReview(), '1');
      await menu.work();
      const again = await signedIn('2', '4', '102', '2');
      const second = await menu.provider.phone.leave(again.id, wav(3), 'key');
      expect(lastSaid(await menu.key(second, '1'))).not.toContain('Forwarded to Bo');
      expect((await storedFiles()).length).toBe(2);
      // Nor without a note: it has gone out with one.
      expect(lastSaid(await signedIn('2', '4', '102', '1'))).not.toContain('Forwarded to Bo');
    });

    test('a message that is no WAV is sent without', async () => {
      await menu.message(4);
      await menu.company.db.recording.updateMany({ data: { mimeType: 'audio/mpeg' } });
      const call = await signedIn('1', '4', '102');
      expect(lastSaid(call)).not.toContain('To say something before it');
      expect(lastSaid(await menu.key(call, '2'))).toMatch(/^That is not one of the choices\. Forward it to Bo Chen/);
      expect(lastSaid(await menu.key(call, '1'))).toMatch(/^Forwarded to Bo Chen\./);
      await menu.work();
      expect((await copy())?.durationSeconds).toBeCloseTo(4);
    });

    test('a message whose audio is lost is not sent as if it were whole', async () => {
      const id = await menu.message(4);
      const { recordingId } = await row(id);
      const review = await toReview();
      await menu.key(review, '1');
      const lost = await menu.company.db.recording.findUniqueOrThrow({ where: { id: recordingId ?? '' } });
      await menu.deps.recordings.remove(lost.storageKey);
      await menu.work();
      expect(await copy()).toBeNull();
      expect(await events()).toContain('voicemail.forward-failed job');
      expect(await storedFiles()).toEqual([]);
    });
  });

  test('of several who fit, one is chosen, and then it is sent', async () => {
    await menu.message(4);
    await menu.company.db.user.update({ where: { id: menu.company.cleo.id }, data: { lastName: 'Chen' } });
    const call = await signedIn('1', '4', '2436');
    const key = /For Bo Chen, extension 1 0 2, press (\d)/.exec(lastSaid(call))?.[1] ?? '';
    expect(lastSaid(await menu.key(call, key))).toMatch(
      /^Forward it to Bo Chen, extension 1 0 2\? To send it, press 1\./,
    );
    expect(lastSaid(await menu.key(call, '1'))).toMatch(/^Forwarded to Bo Chen\./);
  });

  test('are e-mailed to the person', async () => {
    await menu.message(4);
    expect(lastSaid(await signedIn('1', '5'))).toMatch(/^It is on its way to your e-mail address\./);
    await menu.work();
    expect(menu.company.mails.filter(({ attachments }) => attachments?.length)).toMatchObject([
      { to: menu.company.ann.email, subject: expect.stringContaining('Marie Roy') },
    ]);
  });
});

describe('greetings', () => {
  const toReview = async () => {
    const call = await signedIn('3', '2', '1');
    expect([lastSaid(call), call.expects]).toEqual(['Speak after the tone, then press pound.', 'recording']);
    return menu.provider.phone.leave(call.id, wav(5), 'key');
  };

  test('are recorded, played back, and kept', async () => {
    const review = await toReview();
    expect(lastSaid(review)).toMatch(/^Here is your recording. To keep it, press 1\./);
    expect(lastPlayed(review)).toEqual([5]);
    expect(await greetings()).toEqual([]);
    expect(lastPlayed(await menu.key(review, '2'))).toEqual([5]);
    expect(lastSaid(await menu.key(review, '1'))).toMatch(
      /^Your recording is saved\. Your greeting when you are unavailable\. To hear it, press 1\./,
    );
    expect(await greetings()).toMatchObject([{ kind: 'unavailable', userId: menu.company.ann.id }]);
    expect(lastPlayed(await menu.key(review, '1'))).toEqual([5]);
    expect(await events()).toContain('greeting.set phone');
    expect(lastSaid(await menu.key(review, '3'))).toMatch(/^Your recording is removed\./);
    expect(await greetings()).toEqual([]);
  });

  test('are recorded again, or given up; then nothing is left of them', async () => {
    const review = await toReview();
    const again = await menu.key(review, '3');
    expect(again.expects).toBe('recording');
    const second = await menu.provider.phone.leave(again.id, wav(8), 'key');
    expect(lastPlayed(second)).toEqual([8]);
    await menu.key(second, '*');
    expect(await greetings()).toEqual([]);
    expect(await storedFiles()).toEqual([]);
  });

  test('a recording that the provider has not ready yet is waited for', async () => {
    menu.provider.faults.recordingsNotYet = 2;
    const review = await toReview();
    expect(lastSaid(review)).toBe(
      'One moment, please. Here is your recording. To keep it, press 1. To hear it again, press 2. To record it again, press 3. To cancel, press star.',
    );
  });

  test('a name that is too long is refused, with the reason', async () => {
    const call = await signedIn('3', '1', '1');
    expect(lastSaid(call)).toBe('Say your name after the tone, then press pound.');
    await menu.provider.phone.leave(call.id, wav(30), 'key');
    expect(lastPlayed((await menu.provider.phone.find(call.id)) as SimulatedCall)).toEqual([10]);
  });

  test('who says nothing, or hangs up in the midst, keeps the greeting that was', async () => {
    const call = await signedIn('3', '4', '1');
    expect(lastSaid(await menu.provider.phone.leave(call.id, wav(0.1), 'key'))).toMatch(/^I heard nothing\./);
    const other = await signedIn('3', '4', '1');
    await menu.provider.phone.leave(other.id, wav(5), 'hang-up');
    expect(await greetings()).toEqual([]);
    expect(await storedFiles()).toEqual([]);
    await menu.work();
    expect(await menu.company.db.voicemail.count()).toBe(0);
  });
});

describe('the person’s own matters', () => {
  test('a new PIN, keyed twice; a weak one is refused with the reason', async () => {
    const call = await signedIn('5');
    expect(lastSaid(await menu.key(call, '1234'))).toMatch(/^This PIN is a run of digits\./);
    expect(lastSaid(await menu.key(call, '8135', '8136'))).toMatch(/^The two PINs are not the same\./);
    expect(lastSaid(await menu.key(call, '8135', '8135'))).toMatch(/^Your new PIN is set\./);
    const { pinHash } = await menu.company.db.user.findUniqueOrThrow({ where: { id: menu.company.ann.id } });
    expect(await isPin(pinHash ?? '', '8135')).toBe(true);
    // The call goes on, although it began with the old PIN.
    expect(lastSaid(await menu.key(call, '3'))).toContain('For your name, press 1.');
    expect(lastSaid(await menu.dial(['101', '8135']))).toContain('Hello, Ann Baker');
  });

  test('three refused PINs leave the old one', async () => {
    const call = await signedIn('5', '1111', '2580');
    expect(lastSaid(await menu.key(call, '12'))).toMatch(/^A PIN has 4 to 10 digits\. Your PIN stays as it was\./);
    expect(lastSaid(await menu.dial(['101', annsPin]))).toContain('Hello');
  });

  test('out of office from now, and back', async () => {
    await menu.company.db.user.update({
      where: { id: menu.company.ann.id },
      data: { defaultBackupId: menu.company.bo.id },
    });
    const call = await signedIn('4');
    expect(lastSaid(call)).toBe(
      'You are not out of office. To be out from now until you are back, with Bo Chen taking your calls, press 1. To go back, press star.',
    );
    expect(lastSaid(await menu.key(call, '1'))).toMatch(/^You are out of office from now on\./);
    expect(await menu.company.db.outOfOfficePeriod.findMany()).toMatchObject([
      { userId: menu.company.ann.id, backupId: menu.company.bo.id, endsAt: null },
    ]);
    menu.company.clock.forward({ minutes: 1 });
    expect(lastSaid(await menu.key(call, '4'))).toMatch(/^You are out of office\. If you are back, press 1\./);
    expect(lastSaid(await menu.key(call, '1'))).toMatch(/^Welcome back\./);
    expect(textOf(await menu.company.ask(menu.company.ann, 'status'))).not.toContain('out of office since');
    expect(await events()).toEqual(expect.arrayContaining(['out-of-office.set phone', 'out-of-office.ended phone']));
  });
});

test('the card says how, and the number is among those of the demo’s phone', async () => {
  expect(textOf(await menu.company.ask(menu.company.ann, 'phone'))).toContain('(416) 555-0188');
  expect(accessNumber).toBe('+14165550188');
});

async function storedFiles(): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of menu.deps.recordings.list()) keys.push(key);
  return keys;
}

import { beforeEach, describe, expect, test } from 'vitest';
import { randomFrom } from '../../../scripts/kill-run/random.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { wordsIn } from '../../../src/core/chat/words.js';
import { isUnavailable, UserError } from '../../../src/core/errors.js';
import type { VoicemailId } from '../../../src/core/ids.js';
import { receiveVoicemail } from '../../../src/core/voicemail/arrival/receive-voicemail.js';
import { claimMessage } from '../../../src/core/voicemail/mailbox/claim.js';
import type { MemberLevel } from '../../../src/core/voicemail/mailbox/mailbox-member.js';
import { listMessages } from '../../../src/core/voicemail/mailbox/message-list.js';
import { openPlayer } from '../../../src/core/voicemail/sharing/player-link.js';
import { wav } from '../../support/audio.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { propertyOptions } from '../../support/property-runs.js';
import { buttonsOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

let sources = 0;
async function message(to: Person = company.box): Promise<VoicemailId> {
  const { id } = await receiveVoicemail(company.deps, installationActor(company.tenantId, 'api'), {
    sourceId: `source-${++sources}`,
    mailbox: { userId: to.id },
    audio: wav(4),
    ani: '+15145550123',
    callerName: 'Kim Caller',
  });
  await company.work();
  return id;
}

/** Ada the admin looks after the general mailbox; everybody else asks for their own. */
const join = (user: Person, level: MemberLevel = 'handle', { of = company.box, until = '' } = {}) =>
  company.submit(
    of === company.box ? company.ada : of,
    'mailbox.member',
    { user: user.id, level, ...(until === '' ? {} : { until }) },
    of === company.box ? { mailbox: of.id } : {},
  );

const cardTexts = (person: Person) => company.cardsOf(person).map(textOf);
const click = (person: Person, action: string, voicemail: string) => company.click(person, action, { voicemail });
const listed = async (person: Person) => (await listMessages(company.deps, person.id)).messages.map(({ id }) => id);
const actor = (person: Person) =>
  ({ kind: 'self', tenantId: company.tenantId, userId: person.id, role: 'member', via: 'chat' }) as const;

describe('a message of a general mailbox', () => {
  test('reaches each member in chat, and says in whose mailbox it is', async () => {
    await join(company.bo);
    await join(company.ann, 'listen');
    const id = await message();
    for (const person of [company.bo, company.ann]) {
      expect(cardTexts(person).at(-1)).toContain('Mailbox: General Mailbox');
      expect(await listed(person)).toEqual([id]);
    }
    expect(cardTexts(company.dan)).toEqual([]);
    expect(await listed(company.dan)).toEqual([]);
  });

  test('goes to the members who are in; to all of them while nobody is', async () => {
    await join(company.bo);
    await join(company.ann);
    await company.db.outOfOfficePeriod.create({
      data: { tenantId: company.tenantId, userId: company.ann.id, startsAt: company.clock.now() },
    });
    const id = await message();
    expect([cardTexts(company.bo).length, cardTexts(company.ann).length]).toEqual([1, 0]);
    expect(await listed(company.ann)).toEqual([id]);
    await company.db.outOfOfficePeriod.create({
      data: { tenantId: company.tenantId, userId: company.bo.id, startsAt: company.clock.now() },
    });
    await message();
    expect([cardTexts(company.bo).length, cardTexts(company.ann).length]).toEqual([2, 1]);
  });

  test('has one state for all', async () => {
    await join(company.bo);
    await join(company.ann);
    const id = await message();
    await click(company.bo, 'voicemail.handled', id);
    await company.work();
    expect(cardTexts(company.ann).at(-1)).toContain('Handled by Bo Chen');
    await click(company.ann, 'voicemail.delete', id);
    expect(await listed(company.bo)).toEqual([]);
  });

  test('forwarded into it reaches the members too', async () => {
    await join(company.bo);
    const id = await message(company.ann);
    await company.submit(company.ann, 'voicemail.forward', { recipient: company.box.id }, { voicemail: id });
    await company.work({ twice: true });
    expect(cardTexts(company.bo).at(-1)).toContain('Forwarded by Ann Baker');
  });
});

describe('a claim', () => {
  test('shows everywhere who has it; the others are told; it can be released', async () => {
    await join(company.bo);
    await join(company.ann);
    const id = await message();
    expect(textOf(await company.press(company.bo, company.cardsOf(company.bo).at(-1), 'voicemail.claim'))).toContain(
      'You take care of this',
    );
    await company.work({ twice: true });
    expect(cardTexts(company.ann).at(-1)).toContain('Bo Chen takes care of this');
    expect(textOf(await click(company.ann, 'voicemail.claim', id))).toContain(
      'Bo Chen takes care of this message already.',
    );
    expect(textOf(await click(company.ann, 'voicemail.release', id))).toContain('Somebody else takes care');

    await click(company.bo, 'voicemail.release', id);
    await company.work();
    expect(cardTexts(company.ann).at(-1)).not.toContain('takes care');
    expect(textOf(await click(company.ann, 'voicemail.claim', id))).toContain('You take care of this');
    expect((await company.audit()).map(({ event }) => event)).toEqual(
      expect.arrayContaining(['voicemail.claimed', 'voicemail.released', 'mailbox.member-set']),
    );
  });

  // 1,000 races: PROPERTY_RUNS=200 npx vitest run test/stories/voicemail/shared-mailbox.test.ts -t fifty
  test('of fifty at once has one holder, and the others hear who', { timeout: 3_600_000 }, async () => {
    const people = [company.ann, company.bo, company.cleo, company.dan, company.eve];
    for (const person of people) await join(person);
    const { numRuns: races, seed = Date.now() % 2 ** 32 } = propertyOptions(5);
    const random = randomFrom(seed);
    for (let race = 0; race < races; race += 1) {
      const id = await message();
      const clicks = Array.from({ length: 50 }, () => people[Math.floor(random() * people.length)] as Person);
      const told = await Promise.all(clicks.map((person) => claimedBy(person, id)));
      const { claimedById } = await company.db.voicemail.findUniqueOrThrow({ where: { id } });
      const holder = people.find((person) => person.id === claimedById);
      const expected = clicks.map((person) =>
        person === holder ? 'claimed' : `${holder?.displayName} takes care of this message already.`,
      );
      expect(told, `seed ${seed}, race ${race}`).toEqual(expected);
      const claims = await company.db.auditLine.count({ where: { event: 'voicemail.claimed', subjectId: id } });
      expect(claims, `seed ${seed}, race ${race}`).toBe(1);
    }
    console.info(`${races} races of 50 claims, seed ${seed}: one holder each`);
  });

  /** What a click on "I take this" answers; on a machine that is too busy for it, the person clicks again. */
  const claimedBy = (person: Person, id: VoicemailId): Promise<string> =>
    claimMessage(company.deps, actor(person), id).then(
      () => 'claimed',
      (error) => {
        if (error instanceof UserError) return error.say(wordsIn('en'));
        if (isUnavailable(error)) return claimedBy(person, id);
        throw error;
      },
    );

  test('is handed over to another member, who is told, and to nobody else', async () => {
    await join(company.bo);
    await join(company.ann);
    const id = await message();
    await click(company.bo, 'voicemail.claim', id);
    const refused = await company.submit(
      company.bo,
      'voicemail.hand-over',
      { user: company.dan.id },
      { voicemail: id },
    );
    expect(problemsOf(refused).user).toContain('do not work on this mailbox');
    await company.submit(company.bo, 'voicemail.hand-over', { user: company.ann.id }, { voicemail: id });
    await company.work({ twice: true });
    expect(cardTexts(company.ann).join('\n')).toContain('A voicemail was handed to you: Kim Caller');
    expect(cardTexts(company.bo).at(-1)).toContain('Ann Baker takes care of this');
  });

  test('has a promised time, of which its holder is reminded once, unless it is handled before', async () => {
    await join(company.bo);
    const [kept, handled] = [await message(), await message()];
    for (const id of [kept, handled]) {
      await click(company.bo, 'voicemail.claim', id);
      const answer = await company.submit(company.bo, 'voicemail.promise', { until: '15:00' }, { voicemail: id });
      expect(textOf(answer)).toContain('Call back promised by 3:00 pm');
    }
    await click(company.bo, 'voicemail.handled', handled);
    company.clock.forward({ hours: 4, minutes: 49 });
    await company.work();
    expect(cardTexts(company.bo).join('\n')).not.toContain('Time to call back');
    company.clock.forward({ minutes: 2 });
    await company.work({ twice: true });
    expect(cardTexts(company.bo).filter((text) => text.includes('Time to call back: Kim Caller'))).toHaveLength(1);
  });

  test.each([
    ['9:00', 'over'],
    ['soonish', 'no time I know'],
    ['15 March 2031', 'more than a month'],
  ])('promises no such time: %s', async (until, line) => {
    await join(company.bo);
    const id = await message();
    await click(company.bo, 'voicemail.claim', id);
    const answer = await company.submit(company.bo, 'voicemail.promise', { until }, { voicemail: id });
    // A time of day that is over is tomorrow's.
    if (answer.kind === 'replace') expect(textOf(answer)).toContain('Tue, Jan 15');
    else expect(problemsOf(answer).until).toContain(line);
  });
});

describe('a member', () => {
  test('may only listen: hears and reads, and changes nothing', async () => {
    await join(company.bo, 'listen');
    const id = await message();
    expect(buttonsOf(company.cardsOf(company.bo).at(-1))).toEqual([]);
    for (const action of ['handled', 'delete', 'claim', 'release', 'export'])
      expect(textOf(await click(company.bo, `voicemail.${action}`, id))).toContain('You may listen');
    const forward = { recipient: company.ann.id };
    expect(textOf(await company.submit(company.bo, 'voicemail.forward', forward, { voicemail: id }))).toContain(
      'You may listen',
    );
    expect(await company.db.voicemail.findUniqueOrThrow({ where: { id } })).toMatchObject({
      handledAt: null,
      deletedAt: null,
      claimedById: null,
    });
  });

  test('plays by a link of their own, and the owner sees that it was them', async () => {
    await join(company.bo, 'listen', { of: company.ann });
    const id = await message(company.ann);
    const url = company
      .cardsOf(company.bo)
      .at(-1)
      ?.blocks.flatMap((block) => (block.kind === 'audio' ? [block.audio.url] : []))[0];
    const token = url?.split('/v/')[1] ?? '';
    const player = await openPlayer(company.deps, token, actor(company.bo));
    const { markHeard } = await import('../../../src/core/voicemail/mailbox/mark-heard.js');
    await markHeard(company.deps, player.actor, id);
    await company.work();
    expect(cardTexts(company.ann).at(-1)).toContain('Heard by Bo Chen');
    await expect(openPlayer(company.deps, token, actor(company.ann))).rejects.toThrow();

    await company.submit(company.ann, 'mailbox.remove', { user: company.bo.id });
    await expect(openPlayer(company.deps, token, actor(company.bo))).rejects.toThrow();
    await expect(markHeard(company.deps, player.actor, id)).rejects.toThrow();
  });

  test('whose date is over sees and does nothing', async () => {
    await join(company.bo, 'manage', { until: 'tomorrow 5pm' });
    const id = await message();
    expect(await listed(company.bo)).toEqual([id]);
    company.clock.forward({ days: 2 });
    expect(await listed(company.bo)).toEqual([]);
    for (const action of ['open', 'handled', 'delete', 'claim', 'export'])
      expect(textOf(await click(company.bo, `voicemail.${action}`, id))).toContain('not in your mailbox');
    expect(textOf(await company.ask(company.bo, 'mailbox General Mailbox'))).toContain('You may not do this');
    await message();
    expect(cardTexts(company.bo)).toHaveLength(1);
  });

  test('who manages it sets greetings and members; one who handles does not', async () => {
    await join(company.bo, 'manage');
    await join(company.ann);
    expect(textOf(await company.ask(company.bo, 'greeting General Mailbox'))).toContain('Greetings of General Mailbox');
    expect(textOf(await company.ask(company.bo, 'mailbox General Mailbox'))).toContain('Ann Baker');
    expect(textOf(await company.ask(company.ann, 'mailbox General Mailbox'))).toContain('You may not do this');
    const carries = { mailbox: company.box.id };
    expect(
      textOf(await company.submit(company.ann, 'mailbox.member', { user: company.dan.id, level: 'manage' }, carries)),
    ).toContain('You may not do this');
    await company.submit(company.bo, 'mailbox.remove', { user: company.ann.id }, carries);
    expect(await company.db.mailboxMember.count()).toBe(1);
  });

  test.each([
    ['the owner', () => company.ann, 'theirs already'],
    ['somebody without access', () => company.nil, 'no access'],
  ])('is never %s', async (_who, whom, line) => {
    expect(problemsOf(await join(whom(), 'handle', { of: company.ann })).user).toContain(line);
  });

  test('of another company is nobody here, and reaches nothing', async () => {
    const other = await testCompany({ numberless: true });
    const id = await message();
    const answer = await company.submit(
      company.ada,
      'mailbox.member',
      { user: other.bo.id, level: 'handle' },
      { mailbox: company.box.id },
    );
    expect(problemsOf(answer)).toHaveProperty('user');
    await company.db.mailboxMember.create({
      data: { tenantId: company.tenantId, ownerId: company.box.id, userId: company.bo.id, level: 'manage' },
    });
    for (const action of ['open', 'claim', 'handled', 'delete'])
      expect(textOf(await other.click(other.bo, `voicemail.${action}`, { voicemail: id }))).toContain(
        'not in your mailbox',
      );
  });
});

test('an assistant of a manager sees their mailbox beside her own, each message marked', async () => {
  await join(company.bo, 'handle', { of: company.ann });
  const [anns, bos] = [await message(company.ann), await message(company.bo)];
  const { messages, unheard } = await listMessages(company.deps, company.bo.id);
  expect(new Map(messages.map(({ id, mailbox }) => [id, mailbox]))).toEqual(
    new Map([
      [bos, undefined],
      [anns, 'Ann Baker'],
    ]),
  );
  expect(unheard).toBe(2);
  // Ann sees who works with her.
  expect(textOf(await company.ask(company.ann, 'mailbox'))).toContain('Bo Chen');
});

describe('members of a mailbox', () => {
  test('are not named by an admin who acts as its owner', async () => {
    const { ada, ann, db } = company;
    await company.submit(ada, 'impersonation.start', { user: ann.id, reason: 'a mailbox that does not ring' });
    const refused = await company.submit(ada, 'mailbox.member', { user: ada.id, level: 'manage' });
    expect(textOf(refused)).toContain('While you act as somebody else');
    expect(await db.mailboxMember.count()).toBe(0);
  });

  test('whose own level ends grant nothing beyond that end, to themselves neither', async () => {
    const { ann, bo, dan, db } = company;
    await join(bo, 'manage', { of: ann, until: '2030-01-18' });
    const carries = { mailbox: ann.id };
    for (const user of [bo, dan]) {
      const refused = await company.submit(bo, 'mailbox.member', { user: user.id, level: 'manage' }, carries);
      expect(textOf(refused)).toContain('Your own access to this mailbox ends');
    }
    await company.submit(bo, 'mailbox.member', { user: dan.id, level: 'listen', until: '2030-01-17' }, carries);
    const members = await db.mailboxMember.findMany({ orderBy: { endsAt: 'asc' } });
    expect(members).toMatchObject([
      { userId: dan.id, level: 'listen' },
      { userId: bo.id, level: 'manage' },
    ]);
    expect(members.every(({ endsAt }) => endsAt !== null)).toBe(true);
  });

  test('take a message whose holder is no member any more', async () => {
    const { ada, ann, bo, box, db } = company;
    await join(bo);
    await join(ann);
    const id = await message();
    await click(bo, 'voicemail.claim', id);
    expect(textOf(await click(ann, 'voicemail.claim', id))).toContain('Bo Chen');
    await company.submit(ada, 'mailbox.remove', { user: bo.id }, { mailbox: box.id });
    await click(ann, 'voicemail.claim', id);
    expect(await db.voicemail.findMany({ where: { id } })).toMatchObject([{ claimedById: ann.id }]);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { commands, forms } from '../../../src/core/app/handler-registry.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import type { Answer } from '../../../src/core/chat/exchange.js';
import { changeSetting } from '../../../src/core/settings/change-setting.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { formOf, textOf } from '../../support/read.js';

let company: Company;
beforeAll(async () => {
  company = await testCompany({ tenant: { edition: 'attendant', extensionRange: '100-199' }, annIsOut: true });
  await company.db.user.update({ where: { id: company.box.id }, data: { firstName: 'Front', lastName: 'Desk' } });
});

const locales = ['en', 'fr'] as const;
const notPart = {
  en: 'Voicemail is not part of your company’s edition of Attendant.',
  fr: 'La messagerie vocale ne fait pas partie de l’édition d’Attendant de votre entreprise.',
};
/** The setting by which an admin gets voicemail may name it, and nothing else. */
const offer = /Attendant Plus, (with voicemail|avec messagerie vocale)/;
const voicemailWords =
  /voicemail|mailbox|\bPIN\b|\bNIP\b|(messagerie|boîte|message)s? vocale?|répondeur|leave a message|laisser un message|transcri|unheard|non écouté|box nearly|boîte presque/i;
const leaks = (shown: Answer) => textsIn(shown).filter((text) => voicemailWords.test(text.replace(offer, '')));

/** Every text that a platform shows of an answer: hints and choices too. */
function textsIn(shown: unknown): string[] {
  if (typeof shown !== 'object' || shown === null) return [];
  return Object.entries(shown).flatMap(([key, value]) =>
    typeof value === 'string' ? (isShown.has(key) || Array.isArray(shown) ? [value] : []) : textsIn(value),
  );
}
const isShown = new Set([
  'title',
  'summary',
  'text',
  'label',
  'hint',
  'intro',
  'problem',
  'example',
  'line',
  'empty',
  'submit',
  'alternative',
]);

async function as(person: Person, locale: 'en' | 'fr'): Promise<Person> {
  await company.db.user.update({ where: { id: person.id }, data: { language: locale } });
  return person;
}

describe('in the edition without voicemail', () => {
  const plusWords = commands.filter(({ plus }) => plus).flatMap(({ word, also, french }) => [word, ...also, ...french]);
  const others = ['pin', 'annonce', 'annonces', 'greeting', 'phone', 'messagerie', 'assistant', 'accueil', 'téléphone'];

  test.each(locales)('every word of voicemail answers the same one line (%s)', async (locale) => {
    for (const word of new Set([...plusWords, ...others]))
      expect([word, textOf(await company.ask(company.ada, `${word} 102`, { locale }))]).toEqual([
        word,
        notPart[locale],
      ]);
  });

  test.each(locales)('no other command shows a word of it (%s)', async (locale) => {
    const found: string[] = [];
    for (const { word, plus } of commands.filter(({ word }) => word !== 'closed' && word !== 'app')) {
      if (plus) continue;
      for (const person of [company.ada, company.bo])
        for (const more of ['', ' Ann Baker', ' settings', ' people', ' reports']) {
          const answer = await company.ask(person, `${word}${more}`, { locale });
          found.push(...leaks(answer).map((line) => `${word}${more}: ${line}`));
        }
    }
    expect(found).toEqual([]);
    expect(leaks(await company.home(company.bo))).toEqual([]);
  });

  test.each(locales)('no form asks for anything of it (%s)', async (locale) => {
    const found: string[] = [];
    for (const person of [company.ada, company.bo]) {
      await as(person, locale);
      for (const { id, plus } of forms) {
        if (plus) continue;
        for (const user of [undefined, company.bo.id, company.box.id]) {
          const answer = await company.click(person, id, user === undefined ? {} : { user }, {});
          found.push(...leaks(answer).map((line) => `${id}: ${line}`));
        }
      }
    }
    expect([...new Set(found)]).toEqual([]);
  });
});

describe('another edition and back', () => {
  test('loses nothing: messages, greetings, PIN, members, settings, and what people chose', async () => {
    const plus = await testCompany({ numberless: true });
    const { ada, bo, db } = plus;
    const edition = (text: string) =>
      changeSetting(plus.deps, installationActor(plus.tenantId, 'cli'), { userId: undefined, key: 'edition' }, text);
    await plus.submit(ada, 'admin.tenant', { retentionDays: '90', generalMailbox: plus.box.id });
    await db.user.update({ where: { id: bo.id }, data: { pinHash: 'hash', forwardingAllowed: false } });
    await db.voicemail.create({
      data: {
        ...{ tenantId: plus.tenantId, userId: bo.id, sourceId: 'kept', durationSeconds: 4 },
        receivedAt: plus.clock.now(),
      },
    });
    const kept = async () => ({
      tenant: await db.tenant.findUniqueOrThrow({
        where: { id: plus.tenantId },
        omit: { edition: true },
      }),
      people: await db.user.findMany({ where: { tenantId: plus.tenantId }, orderBy: { id: 'asc' } }),
      messages: await db.voicemail.findMany({ where: { tenantId: plus.tenantId } }),
    });
    const before = await kept();
    expect(textOf(await plus.home(bo))).toContain('Unheard voicemails: 1');

    await edition('attendant');
    expect(textOf(await plus.ask(bo, 'voicemail'))).toBe(notPart.en);
    for (const form of ['admin.user', 'admin.bulk'])
      await plus.click(ada, form, form === 'admin.user' ? { user: bo.id } : {});
    expect(await kept()).toEqual(before);

    await edition('attendant_plus');
    expect(await kept()).toEqual(before);
    expect(textOf(await plus.home(bo))).toContain('Unheard voicemails: 1');
    expect(textOf(await plus.ask(ada, 'admin settings'))).toContain('Messages are kept, in days: 90');
  });

  test('a person saved meanwhile keeps what the form does not show', async () => {
    const plus = await testCompany({ numberless: true });
    const { ada, bo, db } = plus;
    await db.tenant.updateMany({ data: { edition: 'attendant' } });
    await db.user.update({
      where: { id: bo.id },
      data: { pinHash: 'hash', forwardingAllowed: false, notificationType: 'email_with_attachment' },
    });
    const form = formOf(await plus.click(ada, 'admin.user', { user: bo.id }));
    const shown = Object.fromEntries(
      form.fields.flatMap((field) =>
        'value' in field && field.kind !== 'person' ? [[field.name, field.value as string | boolean]] : [],
      ),
    );
    expect(textOf(await plus.submit(ada, form, { ...shown, title: 'Clerk' }))).toContain('was saved');
    expect(await db.user.findUnique({ where: { id: bo.id } })).toMatchObject({
      ...{ title: 'Clerk', pinHash: 'hash', forwardingAllowed: false, notificationType: 'email_with_attachment' },
    });
  });
});

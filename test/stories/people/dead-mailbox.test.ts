import { beforeEach, describe, expect, test } from 'vitest';
import { type Change, change } from '../../../src/core/change.js';
import { installationActor } from '../../../src/core/chat/actor.js';
import { lockPerson, updatePerson } from '../../../src/core/people/update-person.js';
import { changeSetting, changeSettings } from '../../../src/core/settings/change-setting.js';
import { lockTenant } from '../../../src/core/settings/settings.store.js';
import { type Company, type Person, testCompany } from '../../support/company.js';
import { eventually } from '../../support/eventually.js';
import { importFile } from '../../support/import.js';
import { formOf, problemsOf, textOf } from '../../support/read.js';

let company: Company;
beforeEach(async () => {
  company = await testCompany();
});

const cli = () => installationActor(company.tenantId, 'cli');
const row = (person: Person) => company.db.user.findUniqueOrThrow({ where: { id: person.id } });
const set = (person: Person, data: object) => company.db.user.update({ where: { id: person.id }, data });
const setCompany = (data: object) => company.db.tenant.updateMany({ data });
const withPhone = async (person: Person) => {
  await setCompany({ accessNumber: '+14165550199' });
  await set(person, { pinHash: 'hash' });
};
const csv = (text: string, dryRun = false) => importFile(company.deps, cli(), text, { dryRun });
const nobodyCouldHear = 'Nobody could hear the messages of ';

/** The form of a person as it opens, with these values typed over. */
async function saveForm(person: Person, typed: Record<string, string | boolean | undefined>) {
  const form = formOf(await company.click(company.ada, 'admin.user', { user: person.id }));
  const shown = Object.fromEntries(
    form.fields.flatMap((field) =>
      'value' in field && field.kind !== 'person' ? [[field.name, field.value as string | boolean]] : [],
    ),
  );
  return company.submit(company.ada, form, { ...shown, ...typed });
}

describe('a mailbox whose messages nobody could hear is refused', () => {
  test('in the form of a person, at the field', async () => {
    expect(problemsOf(await saveForm(company.bo, { appAccess: false })).appAccess).toContain(
      `${nobodyCouldHear}Bo Chen`,
    );
    expect(await row(company.bo)).toMatchObject({ appAllowed: true });
  });

  test('in a CSV file, in the dry run and the real one, without stopping the others', async () => {
    const file = 'username,app_access,title\nbo,no,\nann,,Lead\n';
    for (const dryRun of [true, false]) {
      const lines = await csv(file, dryRun);
      expect(lines.map(({ username, outcome }) => [username, outcome])).toEqual([
        ['bo', 'refused'],
        ['ann', 'updated'],
      ]);
      expect(lines[0]?.why).toContain(nobodyCouldHear);
    }
  });

  test('of a new person too, in a file and in the form', async () => {
    const file = 'username,email,first_name,last_name,app_access\nnew,new@maple.example,New,Person,no\n';
    expect(await csv(file)).toMatchObject([{ outcome: 'refused' }]);
    const form = formOf(await company.click(company.ada, 'admin.user'));
    const answer = await company.submit(company.ada, form, {
      ...{ username: 'new', email: 'new@maple.example', firstName: 'New', lastName: 'Person', userType: 'business' },
      ...{ access: 'attendant_only', role: 'member', inDirectory: true, forwarding: true, appAccess: false },
    });
    expect(problemsOf(answer).appAccess).toContain(nobodyCouldHear);
    expect(await company.db.user.count({ where: { username: 'new' } })).toBe(0);
  });

  test('among many at once: the preview counts them, and they stay as they were', async () => {
    await set(company.ann, { notificationType: 'email_with_attachment' });
    const form = formOf(await company.click(company.ada, 'admin.bulk', { type: 'business' }));
    const preview = await company.submit(company.ada, form, { appAccess: 'no' });
    expect(textOf(preview)).toContain(`Bo Chen: ${nobodyCouldHear}`);
    await company.press(company.ada, preview, 'admin.bulk-start');
    await company.work();
    expect(await row(company.ann)).toMatchObject({ appAllowed: false });
    expect(await row(company.bo)).toMatchObject({ appAllowed: true });
  });

  test('by the command line, of one person', async () => {
    const off = { userId: company.bo.id, key: 'appAccess' } as const;
    await expect(changeSetting(company.deps, cli(), off, 'no')).rejects.toMatchObject({ status: 422 });
    await set(company.bo, { notificationType: 'email_with_attachment' });
    expect(await changeSetting(company.deps, cli(), off, 'no')).toBe(true);
    const mail = { userId: company.bo.id, key: 'notificationType' } as const;
    await expect(changeSetting(company.deps, cli(), mail, 'email_only')).rejects.toMatchObject({ status: 422 });
  });

  test('by the settings of the company, which say how many it would be and name one', async () => {
    const wish = (texts: Record<string, string>) =>
      changeSettings(company.deps, cli(), { userId: undefined, texts: new Map(Object.entries(texts)) as never });
    expect(await wish({ appAccess: 'no' })).toMatchObject({ kind: 'refused' });
    // Together it is no problem: everybody gets the message by e-mail.
    expect(await wish({ appAccess: 'no', notificationType: 'email_with_attachment' })).toMatchObject({ kind: 'saved' });
    await setCompany({ accessNumber: null });
    const outcome = await wish({ notificationType: 'app_only' });
    expect(outcome.kind).toBe('refused');
    await set(company.ann, { notificationType: 'app_only' });
    // Such a mailbox from before is no reason to refuse something else.
    expect(await wish({ ringSeconds: '25' })).toMatchObject({ kind: 'saved' });

    await setCompany({ notificationType: 'app_only', appAllowed: true });
    const form = await company.click(company.ada, 'admin.tenant', { group: 'access' });
    const refused = await company.submit(company.ada, formOf(form), { appAccess: 'no' });
    expect(problemsOf(refused).appAccess).toMatch(
      /Nobody could hear the messages of \d people any more, .+ among them/,
    );
  });

  test('when the PIN, the extension or the access number goes that was the last way', async () => {
    await withPhone(company.bo);
    expect(await csv('username,app_access\nbo,no\n')).toMatchObject([{ outcome: 'updated' }]);
    expect(await csv('username,pin\nbo,-\n')).toMatchObject([{ outcome: 'refused' }]);
    expect(await csv('username,extension\nbo,-\n')).toMatchObject([{ outcome: 'refused' }]);
    const key = { userId: undefined, key: 'accessNumber' } as const;
    await expect(changeSetting(company.deps, cli(), key, '-')).rejects.toThrow();
    expect(await csv('username,notification_type\nbo,email_with_attachment\n')).toMatchObject([{ outcome: 'updated' }]);
    expect(await csv('username,pin\nbo,-\n')).toMatchObject([{ outcome: 'updated' }]);
  });
});

describe('the last two ways of hearing messages given up at the same moment', () => {
  const decideByMail = (text: string) => changeSetting(company.deps, cli(), mailOfCompany, text);
  const mailOfCompany = { userId: undefined, key: 'notificationType' } as const;
  const isWaiting = async () => {
    const [row] = await company.db.$queryRaw<{ waiting: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%"Tenant"%') AS waiting`;
    return row?.waiting === true;
  };

  /** Does `first` and, before it is committed, `second` until it has ended or waits. */
  async function during(first: (change: Change) => Promise<unknown>, second: () => Promise<unknown>) {
    let later: Promise<unknown> = Promise.resolve();
    const earlier = change(company.deps, cli(), async (one) => {
      await first(one);
      let ended = false;
      later = second().finally(() => {
        ended = true;
      });
      later.catch(() => {});
      await eventually(async () => expect(ended || (await isWaiting())).toBe(true));
    });
    return Promise.allSettled([earlier, earlier.then(() => later)]);
  }
  const giveUpApp = async (one: Change) => {
    const person = await lockPerson(one, company.bo.id);
    if (person) await updatePerson(one, person, { appAllowed: false });
  };

  beforeEach(() => decideByMail('email_with_attachment'));

  test('the person first: the company waits, sees it, and is refused', async () => {
    const [own, companys] = await during(giveUpApp, () => decideByMail('email_only'));
    expect([own?.status, companys?.status]).toEqual(['fulfilled', 'rejected']);
    expect(await company.db.tenant.findFirst()).toMatchObject({ notificationType: 'email_with_attachment' });
  });

  test('the company first: the person waits, sees it, and is refused', async () => {
    const [companys, own] = await during(
      async (one) => {
        await lockTenant(one);
        await one.db.tenant.updateMany({ data: { notificationType: 'email_only' } });
      },
      () => change(company.deps, cli(), giveUpApp),
    );
    expect([companys?.status, own?.status]).toEqual(['fulfilled', 'rejected']);
    expect(await row(company.bo)).toMatchObject({ appAllowed: true });
  });
});

describe('it is not refused', () => {
  test('to somebody who gets messages attached, or hears them by phone', async () => {
    expect(await csv('username,app_access,notification_type\nann,no,email_with_attachment\n')).toMatchObject([
      { outcome: 'updated' },
    ]);
    await withPhone(company.bo);
    expect(textOf(await saveForm(company.bo, { appAccess: false }))).toContain('was saved');
  });

  test('to a general mailbox, whose members hear it, nor where there is no voicemail', async () => {
    expect(await csv('username,app_access\nbox,no\n')).toMatchObject([{ outcome: 'updated' }]);
    await setCompany({ edition: 'attendant' });
    expect(await csv('username,app_access\nbo,no\n')).toMatchObject([{ outcome: 'updated' }]);
    const key = { userId: undefined, key: 'edition' } as const;
    await expect(changeSetting(company.deps, cli(), key, 'attendant_plus')).rejects.toMatchObject({ status: 422 });
  });

  test('to lose access and come back, and newcomers of whom nothing is said are as the company is', async () => {
    await withPhone(company.bo);
    await setCompany({ releaseOnDeactivation: 'extension' });
    await set(company.bo, { appAllowed: false });
    await company.submit(company.ada, 'admin.deactivate', {}, { user: company.bo.id });
    expect(await row(company.bo)).toMatchObject({ access: 'none', extension: null });
    await company.click(company.ada, 'admin.restore', { user: company.bo.id });
    expect(await row(company.bo)).toMatchObject({ access: 'attendant_only', extension: '102' });
    await setCompany({ appAllowed: false });
    const file = 'username,email,first_name,last_name\nnew,new@maple.example,New,Person\n';
    expect(await csv(file)).toMatchObject([{ outcome: 'created' }]);
  });
});

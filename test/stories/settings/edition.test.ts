import { expect, test } from 'vitest';
import { testCompany } from '../../support/company.js';
import { formOf, textOf } from '../../support/read.js';

/** What only voicemail has; the type of user `general_voicemail` is of both editions. */
const ofVoicemail = /voicemail(?! user)|mailbox|greeting|\bPIN\b|transcript/i;

test('without Plus no list, card or form of an admin speaks of voicemail', async () => {
  const { ada, bo, ask, click, home, db } = await testCompany({ tenant: { edition: 'attendant' } });
  await db.user.updateMany({ where: { userType: 'general_voicemail' }, data: { access: 'none' } });
  const types = (text: string) => text.replaceAll(/General (voicemail|Mailbox)|general_voicemail/g, '');
  for (const [what, shown] of Object.entries({
    help: await ask(bo, 'help'),
    'help, to an admin': await ask(ada, 'help'),
    home: await home(bo),
    settings: await ask(bo, 'settings'),
    admin: await ask(ada, 'admin'),
    lists: await ask(ada, 'admin lists'),
    people: await ask(ada, 'admin people'),
    person: await click(ada, 'admin.person', { user: bo.id }),
    find: await ask(ada, 'find bo'),
  }))
    expect(types(textOf(shown)), what).not.toMatch(ofVoicemail);
  for (const action of ['admin.user', 'admin.bulk', 'admin.deactivate']) {
    const form = formOf(await click(ada, action, action.startsWith('admin.') ? { user: bo.id } : {}));
    expect(types(JSON.stringify(form)), action).not.toMatch(ofVoicemail);
  }
});

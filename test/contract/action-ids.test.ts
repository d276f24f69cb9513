import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signInActions } from '../../src/core/accounts/sign-in.action-ids.js';
import { buttons, forms } from '../../src/core/app/handler-registry.js';
import { auditActions } from '../../src/core/audit/audit.action-ids.js';
import { bulkActions } from '../../src/core/bulk/bulk.action-ids.js';
import { callActions } from '../../src/core/calls/calls.action-ids.js';
import type { Button } from '../../src/core/chat/view.js';
import { directoryActions } from '../../src/core/directory/directory.action-ids.js';
import { peopleAdminActions } from '../../src/core/people-admin/people-admin.action-ids.js';
import { greetingActions } from '../../src/core/voicemail/greetings/greetings.action-ids.js';
import { voicemailActions } from '../../src/core/voicemail/voicemail.action-ids.js';
import { root } from '../../src/root-folder.js';

const files = readdirSync(join(root, 'src', 'core'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.action-ids.ts'),
);
const modules = await Promise.all(
  files.map((path) => import(join(root, 'src', 'core', path)) as Promise<Record<string, Record<string, string>>>),
);
const ids = modules.flatMap((module) => Object.values(module).flatMap((actions) => Object.values(actions)));

/** Links have no handler. */
const links: readonly string[] = [
  bulkActions.open,
  peopleAdminActions.bulkResult,
  signInActions.open,
  directoryActions.open,
  voicemailActions.all,
  callActions.all,
  greetingActions.record,
  auditActions.all,
];

test('buttons of messages that were sent long ago still find their handlers, and tests by CONTRACT.md theirs', () => {
  const kept = [
    'admin.bulk',
    'admin.bulk-result',
    'admin.bulk-revert',
    'admin.bulk-show',
    'admin.bulk-start',
    'admin.deactivate',
    'admin.find-people',
    'admin.history',
    'admin.import',
    'admin.people',
    'admin.person',
    'admin.reset-pin',
    'admin.restore',
    'admin.show',
    'admin.switch-on',
    'admin.tenant',
    'admin.user',
    'app.open',
    'audit.all',
    'audit.filter',
    'audit.list',
    'bulk.apply',
    'bulk.open',
    'bulk.revert',
    'bulk.show',
    'closure.close',
    'closure.open',
    'calls.all',
    'calls.back',
    'calls.list',
    'cover.accept',
    'cover.decline',
    'cover.reason',
    'directory.backup',
    'directory.browse',
    'directory.call',
    'directory.find',
    'directory.message',
    'directory.open',
    'directory.show',
    'explain.days',
    'greeting.record',
    'greeting.remove',
    'greeting.upload',
    'impersonation.end',
    'impersonation.end-mine',
    'impersonation.sessions',
    'impersonation.start',
    'impersonation.stop',
    'link.confirm',
    'link.refuse',
    'mailbox.member',
    'mailbox.remove',
    'members.back',
    'members.believe',
    'members.bring',
    'members.bring-one',
    'members.deactivate',
    'members.keep',
    'members.leave-out',
    'members.left',
    'members.new',
    'members.no-email',
    'members.refresh',
    'members.show',
    'members.welcome-back',
    'ooo.back',
    'ooo.cancel',
    'ooo.confirm',
    'ooo.dismiss',
    'ooo.handle-all',
    'ooo.set',
    'phone.pin',
    'reports.menu',
    'reports.page',
    'reports.show',
    'settings.save',
    'settings.show',
    'voicemail.all',
    'voicemail.claim',
    'voicemail.delete',
    'voicemail.export',
    'voicemail.forward',
    'voicemail.hand-over',
    'voicemail.handled',
    'voicemail.listen',
    'voicemail.newer',
    'voicemail.older',
    'voicemail.open',
    'voicemail.promise',
    'voicemail.release',
    'voicemail.reopen',
    'voicemail.revoke',
    'voicemail.undo',
  ];
  expect(kept.filter((id) => !ids.includes(id))).toEqual([]);
});

test('each id but a link’s has exactly one handler, and each handler’s id is a constant', () => {
  const handled = [...buttons, ...forms].map(({ id }): string => id);
  expect(handled.sort()).toEqual(ids.filter((id) => !links.includes(id)).sort());
});

test('an id spelled out where a button is made does not compile', () => {
  // @ts-expect-error: a string is no id.
  const button: Button = { kind: 'action', action: 'voicemail.handled', label: 'Handled', carries: {} };
  expect(ids).toContain(button.action);
});

test('views, handlers and adapters spell out no id, as where an adapter looks for one button', () => {
  // An example may have the same name, and so may an audit event.
  const spelledOut = new RegExp(`(?<!(?:name|event): )(["'])(${ids.join('|').replaceAll('.', '\\.')})\\1`, 'g');
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      /^(?!core|generated)|^core\/(app\/dispatch|chat\/)|(views|commands|absence-form)\.ts$/.test(file),
  );
  const found = sources.flatMap((file) =>
    [...readFileSync(`src/${file}`, 'utf8').matchAll(spelledOut)].map(([, , id]) => `${file}: ${id}`),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

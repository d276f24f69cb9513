import { forms } from '../../../src/core/app/handler-registry.js';
import { Prisma } from '../../../src/generated/prisma/client.js';
import type { LocalSlack } from '../../fakes/slack/slack.js';
import { buttonsOf } from '../../fakes/slack/windows.js';
import type { SlackMessage, SlackView } from '../../fakes/slack/workspace.js';
import type { Company, Person } from '../company.js';
import { eventually } from '../eventually.js';
import { type ChatUser, type ChosenFile, isFile, isPerson, readable, type Screen, type Typed } from './screen.js';

/** A person in Slack: signed requests go in, messages and windows come out. */
export function slackUser(company: Company, slack: LocalSlack, { id: userId, account }: Person): ChatUser {
  const user = account.accountId;
  const { workspace } = slack;

  return {
    say(text) {
      closeWindows();
      return seen(() => slack.slash(user, text));
    },
    async message(id) {
      const { ref } = await company.db.posting.findFirstOrThrow({
        where: { platform: 'slack', notice: { kind: 'voicemail.arrived', subjectId: id, userId } },
      });
      const { ts } = ref as { ts: string };
      const message = visible().find((one) => one.ts === ts);
      if (!message) throw new Error(`Slack shows no card of ${id}`);
      return screenOf([message], message);
    },
    notices: async () =>
      slack
        .directOf(user)
        .filter(({ threadTs }) => !threadTs)
        .reverse()
        .map((message) => readable(textOf(message))),
    forge: (action, carries, typed) => (typed ? submitForged(action, carries, typed) : pressForged(action, carries)),
  };

  /** A window lies over everything else: it is closed before something else is done. */
  function closeWindows(): void {
    workspace.stackOf(user).splice(0);
  }

  function pressForged(action: string, carries: object) {
    closeWindows();
    const element = { type: 'button', action_id: action, text: plain('Press'), value: JSON.stringify(carries) };
    const blocks = [{ type: 'actions', elements: [element] }];
    const message = workspace.post({ channel: workspace.directOf(user), text: 'old', blocks });
    return seen(() => slack.click(user, message, action), message);
  }

  function submitForged(action: string, carries: object, typed: Typed) {
    if (!forms.some(({ id }) => id === action)) throw new Error(`no form ${action}`);
    const inputs = Object.entries(typed).map(([name, value]) => ({
      type: 'input',
      block_id: name,
      label: plain(name),
      element: { type: isPerson(value) ? 'external_select' : 'plain_text_input', action_id: name },
    }));
    const metadata = { carries, from: { kind: 'nowhere' }, locale: 'en' };
    closeWindows();
    const content = { type: 'modal', callback_id: action, private_metadata: JSON.stringify(metadata), blocks: inputs };
    workspace.stackOf(user).push(workspace.newView(user, content));
    return seen(() => slack.submit(user, valuesOf(typed)));
  }

  function valuesOf(typed: Typed) {
    return Object.fromEntries(
      Object.entries(typed).map(([name, value]) => {
        if (isPerson(value)) return [name, { value: value.id, label: value.displayName }];
        return [name, isFile(value) ? [uploaded(value)] : value];
      }),
    );
  }

  /** A file that lies at Slack, from where the app fetches it. */
  function uploaded({ fileName: name, content }: ChosenFile) {
    const { length } = content;
    const id = workspace.fresh('F');
    workspace.files.set(id, { id, name, length, content });
    return { id, name, size: length, url_private_download: `${slack.origin}/files/${id}` };
  }

  /** Act, and return what has changed on the person's screen once the act is answered. */
  async function seen(
    act: () => Promise<{ status: number; body: unknown }>,
    pressed?: SlackMessage | SlackView,
  ): Promise<Screen> {
    const before = new Map(visible().map(({ ts, edits }) => [ts, edits]));
    const window = slack.topView(user);
    const { hash } = window ?? {};
    const { status, body } = await act();
    if (status !== 200) throw new Error(`Slack got ${status}: ${JSON.stringify(body)}`);
    const shown = await answered(() => {
      const changed = visible().filter(({ ts, edits }) => before.get(ts) !== edits);
      const top = slack.topView(user);
      const isNew = top && (top !== window || top.hash !== hash || Object.keys(top.errors).length > 0);
      return { changed, top: isNew ? top : undefined };
    });
    const { changed, top } = shown;
    return screenOf(top ? [top, ...changed] : changed, top ?? changed.find((one) => one === pressed) ?? changed.at(-1));
  }

  /** Wait until the request is answered, which shows something, unless there is nothing to say. */
  async function answered<Shown extends { changed: readonly unknown[]; top: unknown }>(look: () => Shown) {
    // The row keeps what was asked until the answer was sent; a refusal keeps no row.
    const open = { id: { startsWith: 'slack:' }, asked: { not: Prisma.DbNull } };
    const deadline = Date.now() + mostSilenceMilliseconds;
    return eventually(async () => {
      if ((await company.deps.db.seenRequest.count({ where: open })) > 0) throw new Error('not answered');
      const shown = look();
      if (shown.changed.length === 0 && !shown.top && Date.now() < deadline) throw new Error('nothing shown');
      return shown;
    });
  }

  function screenOf(
    shown: readonly (SlackMessage | SlackView)[],
    target: SlackMessage | SlackView | undefined,
  ): Screen {
    const on = () => {
      if (!target) throw new Error('nothing was shown');
      return target;
    };
    const buttons = target ? buttonsOf(target) : [];
    const leading = buttons.find(({ url }) => url !== undefined);
    return {
      text: readable(shown.map(textOf).join('\n')),
      actions: buttons.map(({ action_id: id }) => id.replace(/#\d+$/, '')),
      fields: target && 'content' in target ? fieldsOf(target) : [],
      page: leading && String(leading.url),
      press(action, about) {
        const pressed = on();
        if (!('content' in pressed)) closeWindows();
        return seen(() => slack.click(user, pressed, action, about), pressed);
      },
      submit: (typed) => seen(() => slack.submit(user, valuesOf(typed))),
    };
  }

  function visible(): readonly SlackMessage[] {
    return workspace.messages.filter(
      ({ channel, ephemeralTo }) =>
        ephemeralTo === user || (ephemeralTo === undefined && channel === workspace.directOf(user)),
    );
  }
}

/** An answer that says nothing shows nothing; a slow one is waited for this long. */
const mostSilenceMilliseconds = 2_000;

const fieldsOf = ({ content }: SlackView): string[] =>
  content.blocks.filter(({ type }) => type === 'input').map(({ block_id: id }) => String(id));

/** Every text of a message or a window, as people read it. */
function textOf(shown: SlackMessage | SlackView): string {
  if ('content' in shown) {
    const { title, blocks } = shown.content;
    return [...textsIn(title), ...textsIn(blocks), ...Object.values(shown.errors)].join('\n');
  }
  return textsIn(shown.blocks).join('\n') || shown.text;
}

function textsIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    typeof value === 'string' ? (name === 'text' || name === 'initial_value' ? [value] : []) : textsIn(value),
  );
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

import { forms } from '../../../src/core/app/handler-registry.js';
import { type Answered, teamsClient, wordsOf } from '../../fakes/teams/client.js';
import { walk } from '../../fakes/teams/strict.js';
import type { FakeCard, FakeTeams, ShownMessage } from '../../fakes/teams/teams.js';
import type { Company, Person } from '../company.js';
import { type ChatUser, isPerson, readable, type Screen, type Typed } from './screen.js';

/** A person in Teams: activities with tokens go in, cards, dialogs and lines come out. */
export function teamsUser(
  company: Company,
  { teams, url }: { readonly teams: FakeTeams; readonly url: string },
  { id: userId, account, displayName }: Person,
  locale: string,
): ChatUser {
  const { accountId, externalWorkspaceId: tenantId } = account;
  const client = teamsClient(teams, url, { accountId, tenantId, name: displayName }, locale);
  const messages = () => teams.messages(client.conversationId);

  return {
    say: (text) => seen(() => client.say(text)),
    async message(id) {
      const { ref } = await company.db.posting.findFirstOrThrow({
        where: { platform: 'teams', notice: { kind: 'voicemail.arrived', subjectId: id, userId } },
      });
      const { activityId } = ref as { activityId: string };
      const message = messages().find((one) => one.id === activityId);
      if (!message?.card) throw new Error(`Teams shows no card of ${id}`);
      return screenOf([wordsOf(message.card)], message.card, message);
    },
    notices: async () =>
      messages()
        .map((message) => readable(textOf(message)))
        .reverse(),
    forge: (action, carries, typed) => {
      const opens = typed === undefined && forms.some(({ id }) => id === action);
      const data = { action, carries, ...(typed ? { intent: 'send', ...valuesOf(typed) } : {}) };
      const button = opens
        ? { type: 'Action.Submit', data: { ...data, intent: 'open', msteams: { type: 'task/fetch' } } }
        : { type: 'Action.Execute', verb: action, data };
      return seen(() => client.press({ body: [button] }, action));
    },
  };

  /** Act, and return what the answer and the changed messages show; an answer with a card is drawn over `pressed`. */
  async function seen(act: () => Promise<Answered>, pressed?: ShownMessage): Promise<Screen> {
    const before = new Map(messages().map(({ id, updates }) => [id, updates]));
    const { status, body } = await act();
    if (status !== 200) throw new Error(`Teams got ${status}: ${JSON.stringify(body)}`);
    const { line, card, page, isDialog } = shownIn(body);
    if (card && pressed && !isDialog) pressed.card = card;
    const changed = messages().filter(({ id, updates }) => before.get(id) !== updates);
    const last = changed.at(-1);
    const texts = new Set([...(card ? [wordsOf(card)] : []), ...changed.map(textOf), ...(line ? [line] : [])]);
    return screenOf([...texts], card ?? last?.card, card ? pressed : last, page);
  }

  function screenOf(
    texts: readonly string[],
    card: FakeCard | undefined,
    message: ShownMessage | undefined,
    page?: string,
  ): Screen {
    const actions = card ? actionsOf(card) : [];
    const fields = card ? inputsOf(card) : [];
    const on = (button: Record<string, unknown>): ShownMessage | FakeCard =>
      message ? { ...message, card: { body: [button] } } : { body: [button] };
    const press = (button: Record<string, unknown>, typed: object) =>
      seen(() => client.press(on(button), idOf(button), { ...typed }), message);
    return {
      text: readable(texts.join('\n')),
      actions: actions.map(idOf),
      fields: fields.map(({ id }) => String(id)),
      page: page ?? (actions.find(({ url }) => url !== undefined)?.url as string | undefined),
      async press(action, about = '') {
        const button = actions.find((one) => idOf(one) === action && JSON.stringify(one.data).includes(about));
        if (!button) throw new Error(`no button ${action} on ${JSON.stringify(card)}`);
        return press(button, {});
      },
      async submit(typed) {
        const button = actions.find(({ data }) => (data as { intent?: string } | undefined)?.intent === 'send');
        if (!button) throw new Error(`no form in ${JSON.stringify(card)}`);
        const missing = Object.keys(typed).filter((name) => !fields.some(({ id }) => id === name));
        if (missing.length > 0) throw new Error(`no field ${missing} on ${JSON.stringify(card)}`);
        const kept = Object.fromEntries(fields.map(({ id, value }) => [String(id), value]));
        return press(button, { ...kept, ...valuesOf(typed) });
      },
    };
  }
}

const valuesOf = (typed: Typed) =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, isPerson(value) ? value.id : String(value)]));

const textOf = ({ card, text }: ShownMessage): string => wordsOf(card) || text;

const idOf = ({ data }: Record<string, unknown>): string => String((data as { action?: string } | undefined)?.action);

function shownIn(body: unknown): { line?: string; card?: FakeCard; page?: string; isDialog?: true } {
  const { task, value } = (body ?? {}) as { task?: { value?: unknown }; value?: unknown };
  const shown = task ? task.value : value;
  if (typeof shown === 'string') return { line: shown };
  const { card, url, fallbackUrl } = (shown ?? {}) as {
    card?: { content: FakeCard };
    url?: string;
    fallbackUrl?: string;
  };
  if (card) return { card: card.content, isDialog: true };
  if (url !== undefined) return { page: fallbackUrl ?? url };
  return shown === undefined ? {} : { card: shown as FakeCard };
}

function actionsOf(card: FakeCard): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  walk(card.body, (element) => {
    const { type, data, url } = element;
    if (String(type).startsWith('Action.') && (data !== undefined || url !== undefined)) found.push(element);
  });
  return found;
}

function inputsOf(card: FakeCard): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  walk(card.body, (element) => {
    if (String(element.type).startsWith('Input.')) found.push(element);
  });
  return found;
}

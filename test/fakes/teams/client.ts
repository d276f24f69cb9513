import { randomUUID } from 'node:crypto';
import { walk } from './strict.js';
import type { FakeCard, FakeTeams, ShownMessage } from './teams.js';

export interface TeamsPerson {
  readonly accountId: string;
  readonly tenantId: string;
  readonly name: string;
  /** The bot with which the person talks; the first one where it is left out. */
  readonly appId?: string;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** A person's Teams client: it types, clicks and fills in, and sends what the real one sends. */
export function teamsClient(teams: FakeTeams, appUrl: string, person: TeamsPerson, locale = 'en-US') {
  const appId = person.appId ?? teams.appId;
  const conversationId = teams.chatOf(person.accountId, appId);

  async function send(
    activity: Record<string, unknown>,
    token: string | null = teams.token({ aud: appId }),
  ): Promise<Answered> {
    const response = await fetch(`${appUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ ...envelope(), ...activity }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  const envelope = () => ({
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: teams.personIdOf(person.accountId, appId), name: person.name, aadObjectId: person.accountId },
    recipient: { id: `28:${appId}`, name: 'Attendant' },
    conversation: { id: conversationId, conversationType: 'personal', tenantId: person.tenantId },
    channelData: { tenant: { id: person.tenantId } },
    locale,
    localTimezone: 'America/Toronto',
  });

  const invoke = (name: string, value: unknown, extra: Record<string, unknown> = {}) =>
    send({ type: 'invoke', name, value, ...extra });

  return {
    conversationId,
    send,
    invoke,
    say: (text: string, extra: Record<string, unknown> = {}) => send({ type: 'message', text, ...extra }),
    /** Press an action of a card, with the values filled in. */
    press: (
      shown: ShownMessage | FakeCard,
      action: string,
      typed: Record<string, unknown> = {},
      id: string = randomUUID(),
    ) => {
      const [card, replyToId] = 'card' in shown ? [shown.card as FakeCard, shown.id as string] : [shown, undefined];
      const button = actionOf(card, action);
      const data = { ...(button.data as object), ...typed };
      if (button.type === 'Action.Execute') {
        const value = { action: { type: 'Action.Execute', verb: button.verb, data }, trigger: 'manual' };
        return invoke('adaptiveCard/action', value, { id, replyToId });
      }
      const opens = (data as { msteams?: { type?: string } }).msteams?.type === 'task/fetch';
      return invoke(opens ? 'task/fetch' : 'task/submit', { data, context: { theme: 'default' } }, { id, replyToId });
    },
    last: (): ShownMessage => {
      const last = teams.messages(conversationId).at(-1);
      if (!last) throw new Error('nothing was said');
      return last;
    },
  };
}

/** A card's action by its id, or by its title. */
export function actionOf(card: FakeCard, action: string): Record<string, unknown> {
  const found: Record<string, unknown>[] = [];
  walk(card, (element) => {
    if (!String(element.type).startsWith('Action.')) return;
    const id = (element.data as { action?: string } | undefined)?.action;
    if (id === action || element.title === action) found.push(element);
  });
  const [first] = found;
  if (!first) throw new Error(`no action ${action} in ${JSON.stringify(card)}`);
  return first;
}

/** The text that a person reads on a card, one part per line. */
export function wordsOf(card: FakeCard | undefined): string {
  const lines: string[] = [];
  walk(card?.body, (element) => {
    const { type, text, title, value, label } = element;
    if (type === 'TextBlock' || type === 'TextRun') lines.push(String(text));
    else if (type === 'RichTextBlock')
      lines.push(...(element.inlines as unknown[]).filter((one) => typeof one === 'string'));
    else if (type === undefined && title !== undefined && value !== undefined) lines.push(`${title}: ${value}`);
    else if (label !== undefined) lines.push(String(label));
    else if (typeof title === 'string') lines.push(title);
  });
  return lines.join('\n');
}

/** The card in the body of an answer, at any of the places where Teams accepts it. */
export function cardIn(answer: Answered): FakeCard {
  const { body } = answer as { body?: { value?: unknown; task?: { value?: { card?: { content?: unknown } } } } };
  const card = body?.task?.value?.card?.content ?? body?.value;
  if (typeof card !== 'object' || card === null) throw new Error(`no card in ${JSON.stringify(answer)}`);
  return card as FakeCard;
}

import { createHash } from 'node:crypto';
import type { InvokeResponse, TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import { welcomeCard } from '../core/accounts/linking.views.js';
import { dispatch } from '../core/app/dispatch.js';
import type { Answer, PostedCard, Request } from '../core/chat/exchange.js';
import { localeOf } from '../core/chat/phrasing.js';
import { requestLimits } from '../core/chat/read-request.js';
import type { Card } from '../core/chat/view.js';
import type { Deps } from '../core/deps.js';
import { canonicalId } from '../core/ids.js';
import { rememberPlace } from '../core/members/sync/refresh-member.js';
import { type Activity, isPrivate, opensDialogs, teamOrGroupOf, tenantOf, whereaboutsOf } from './activity.js';
import { rememberAnswers } from './answered-activities.js';
import type { Bot } from './bot-framework.js';
import { failureOf } from './connector-failure.js';
import { activityOf, memberOf } from './messenger.js';
import { accountOf, read, type TeamsInput } from './read.js';
import type { Preloaded } from './render-form.js';
import { cancelForm, drawingFor, type Message, messageOf, respond, type TeamsResponse } from './respond.js';
import { teamsWords } from './teams.words.js';

type Asked = TeamsInput & { readonly kind: 'request' };

/** State kept from one activity to the next. */
export function conversationMemory() {
  return {
    remember: rememberAnswers(),
    welcomed: new LRUCache<string, true>({ max: 5_000, ttl: 60_000 }),
    placed: new LRUCache<string, true>({ max: 5_000, ttl: 60 * 60_000 }),
  };
}

/**
 * Create the handler of activities: read one, ask the core, perform the answer. Resolves to the answer of an invoke; a
 * message has none.
 */
export function conversation(deps: Deps, bot: Bot, memory: ReturnType<typeof conversationMemory>) {
  const { remember, welcomed, placed } = memory;

  return async (activity: Activity, turn: TurnContext): Promise<InvokeResponse | undefined> => {
    const heard = read(activity);
    switch (heard.kind) {
      case 'nothing':
        await notePlace(activity);
        return undefined;
      case 'unknown-invoke':
        return activity.type === 'invoke' ? notForUs(activity) : undefined;
      case 'cancelled': {
        const response = cancelForm(heard, { locale: localeOf(activity.locale), dialogs: opensDialogs(activity) });
        await perform(response, activity, turn);
        return { status: 200, body: response.body };
      }
      case 'installed':
        await welcome(heard, activity, turn);
        return undefined;
      case 'request': {
        if (activity.type !== 'invoke') {
          await answerTo(heard, activity, turn);
          return undefined;
        }
        const { body, replaces, posted } = await remember(heard.request.id, drawingKey(heard), async () => {
          const { body, replaces = false, posted } = await answerTo(heard, activity, turn);
          return { body, replaces, posted };
        });
        if (replaces && posted) await followUp(posted);
        return { status: 200, body };
      }
      default:
        return heard satisfies never;
    }
  };

  /**
   * Rewrite a notice's message after the client has drawn this answer. The client draws the answer over its message,
   * which may be newer by then, so the notice is rendered again afterwards.
   */
  async function followUp(posted: PostedCard): Promise<void> {
    const payload = { noticeId: posted.noticeId, version: posted.version };
    await deps.tasks
      .add([{ name: 'notice.rewrite', payload, delaySeconds: clientSeconds }])
      .catch((error) => deps.log.warn({ error }, 'enqueue failed'));
  }

  async function answerTo(
    heard: Asked,
    activity: Activity,
    turn: TurnContext,
  ): Promise<TeamsResponse & { posted?: PostedCard | undefined }> {
    const { from } = heard.request;
    bot.rememberWhereabouts(from, whereaboutsOf(activity));
    const request = await withMentions(heard.request, turn);
    const answer = await dispatch(deps, request);
    const response = respond(
      answer,
      { ...heard, request },
      { people: await peopleFor(answer, request), dialogs: opensDialogs(activity) },
    );
    await perform(response, activity, turn, answer);
    await notePlace(activity);
    return { ...response, posted: answer.posted };
  }

  /** Note a team or group, which has a roster. Runs in the background, at most once an hour for each. */
  async function notePlace(activity: Activity): Promise<void> {
    const placeId = teamOrGroupOf(activity);
    const externalWorkspaceId = tenantOf(activity);
    if (placeId === undefined || placed.has(`${externalWorkspaceId}/${placeId}`)) return;
    placed.set(`${externalWorkspaceId}/${placeId}`, true);
    const place = { platform: 'teams', externalWorkspaceId, placeId, conversation: whereaboutsOf(activity) };
    await rememberPlace(deps, place).catch(note('place not noted'));
  }

  /**
   * Teams reports an installation twice, in two ways. Requesting the home links the account, or says why that is
   * impossible.
   */
  async function welcome(
    { from, id }: TeamsInput & { kind: 'installed' },
    activity: Activity,
    turn: TurnContext,
  ): Promise<void> {
    const chat = `${tenantOf(activity)}/${activity.conversation.id}`;
    if (welcomed.has(chat)) return;
    welcomed.set(chat, true);
    bot.rememberWhereabouts(from, whereaboutsOf(activity));
    const home = await dispatch(deps, { kind: 'home', id, from });
    await perform(
      { post: messageOf(welcomeOf(home), drawingFor({ ...home, dialogs: opensDialogs(activity) })) },
      activity,
      turn,
      home,
    );
  }

  /** Resolve mentions, which Teams sends with its own ids. */
  async function withMentions(request: Request, turn: TurnContext): Promise<Request> {
    // `dispatch` refuses more mentions than this, so Teams is not asked about them.
    if (request.kind !== 'command' || request.mentions.length > requestLimits.mentions) return request;
    if (request.mentions.some(({ accountId }) => accountId.startsWith('29:'))) {
      const mentions = request.mentions.map(async (mention) => {
        const member = await memberOf(turn, mention.accountId).catch(note('mention not known'));
        return { ...mention, accountId: canonicalId(member?.aadObjectId ?? mention.accountId) };
      });
      return { ...request, mentions: await Promise.all(mentions) };
    }
    return request;
  }

  /** The people to offer in a form before the person types. */
  async function peopleFor(answer: Answer, request: Request): Promise<Preloaded | undefined> {
    if (answer.kind !== 'open' && answer.kind !== 'invalid') return undefined;
    if (!answer.form.fields.some(({ kind }) => kind === 'person')) return undefined;
    const found = await dispatch(deps, { kind: 'suggest', query: '', id: request.id, from: request.from });
    if (found.kind !== 'suggest') return undefined;
    return { options: found.options, all: found.options.length < longList };
  }

  /**
   * Perform a response. A failed reply is logged only, because the action has been performed and must stay answered.
   */
  async function perform(
    response: TeamsResponse,
    activity: Activity,
    turn: TurnContext,
    answer?: Answer,
  ): Promise<void> {
    const { post, update } = response;
    if (update) {
      try {
        await turn.updateActivity({ ...activityOf(update.message), id: update.cardId });
      } catch {
        await say(update.message);
      }
    }
    if (post) await say(post);

    function say(message: Message): Promise<unknown> {
      const said = isPrivate(activity)
        ? turn.sendActivity(activityOf(message))
        : sayPrivately(message, activity, turn, answer);
      return said.catch(note('reply not delivered'));
    }
  }

  /** Send a message to the 1:1 chat, and say in the channel only that there is an answer. */
  async function sayPrivately(message: Message, activity: Activity, turn: TurnContext, answer?: Answer): Promise<void> {
    const words = teamsWords(answer?.locale ?? localeOf(activity.locale));
    const isTyped = activity.type === 'message';
    try {
      await bot.startTurn(bot.whereabouts(accountOf(activity, activity.from)), async (chat) => {
        await chat.sendActivity(activityOf(message));
      });
      if (isTyped) await turn.sendActivity(words.answeredPrivately);
    } catch (error) {
      note('reply not delivered')(error);
      if (isTyped) await turn.sendActivity(words.writeToMeFirst);
    }
  }

  function note(event: string) {
    return (error: unknown): undefined => {
      const { status, code } = failureOf(error);
      deps.log.warn({ status, code }, event);
    };
  }
}

/** The home of a linked person has a title; for others the answer is one line that gives the reason. */
const welcomeOf = (home: Answer): Card =>
  welcomeCard(home.locale, {
    refusal: home.kind === 'say' && home.card.title === '' ? home.card.summary : undefined,
  });

/** A company with more people than this searches instead of listing. */
const longList = 20;

/** The client draws an answer within this time. */
const clientSeconds = 3;

/** The answer to an invoke that cannot be read; without an answer Teams would send it again. */
const notForUs = (activity: Activity): InvokeResponse => ({
  status: 200,
  body: {
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: teamsWords(localeOf(activity.locale)).notForUs,
  },
});

/**
 * The key of an action: equal for the same action on the same rendered card by the same person. Hashed, because many
 * are kept.
 */
const drawingKey = ({ drawing, request: { id: _, from, ...act } }: Asked): string | undefined =>
  drawing === undefined
    ? undefined
    : createHash('sha256')
        .update(JSON.stringify([drawing, from.externalWorkspaceId, from.accountId, act]))
        .digest('base64url');

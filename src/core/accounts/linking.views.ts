import type { Locale } from '../chat/phrasing.js';
import type { Card, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { outOfOfficeActions } from '../out-of-office/out-of-office.action-ids.js';
import type { LinkStatus } from './link-status.types.js';
import { linkingActions } from './linking.action-ids.js';

/** An account that is not linked, or the person to whom it was linked. */
export interface ShownRequest {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | undefined;
  readonly status: LinkStatus;
  /** To whom it was linked. */
  readonly person: string | undefined;
}

/** Return the card that asks admins to whom an account belongs. Once decided, it shows the decision. */
export function unknownAccountCard(locale: Locale, request: ShownRequest): Card {
  const words = wordsIn(locale).users;
  if (request.status !== 'waiting') return decidedCard(locale, request);
  const carries = { request: request.id };
  return {
    title: words.unknownTitle,
    summary: words.unknownLine(request.displayName),
    blocks: [
      { kind: 'text', text: words.unknownLine(request.displayName) },
      {
        kind: 'facts',
        facts: [
          { label: words.factAccount, value: request.displayName },
          { label: words.factEmail, value: request.email ?? words.noEmail },
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { kind: 'form', action: linkingActions.confirm, label: words.confirm, tone: 'main', carries },
          {
            kind: 'action',
            action: linkingActions.refuse,
            label: words.refuse,
            carries,
            confirm: { title: words.refuseTitle, text: words.refuseText, yes: words.refuse, no: words.keep },
          },
        ],
      },
    ],
  };
}

function decidedCard(locale: Locale, { status, displayName, person }: ShownRequest): Card {
  const words = wordsIn(locale).users;
  const line =
    status === 'refused'
      ? words.refusedLine(displayName)
      : person === undefined
        ? words.confirmedByEmail(displayName)
        : words.confirmed(displayName, person);
  return { title: '', summary: line, blocks: [{ kind: 'text', text: line }] };
}

/** Return the form in which an admin chooses the employee to whom an account belongs. */
export function linkForm(locale: Locale, request: Pick<ShownRequest, 'id' | 'displayName'>): Form {
  const words = wordsIn(locale);
  return {
    id: linkingActions.confirm,
    title: words.users.confirmTitle,
    submit: words.users.confirmSubmit,
    cancel: words.chat.cancel,
    intro: words.users.confirmIntro(request.displayName),
    fields: [{ kind: 'person', name: 'user', label: words.users.user, required: true }],
    carries: { request: request.id },
  };
}

/** Return the card for a person whom an admin has linked. */
export function linkedCard(locale: Locale, name: string): Card {
  const words = wordsIn(locale).users;
  return {
    title: words.linkedTitle,
    summary: words.linked(name),
    blocks: [
      { kind: 'text', text: words.linked(name) },
      {
        kind: 'buttons',
        buttons: [
          { kind: 'form', action: outOfOfficeActions.set, label: words.welcomeButton, tone: 'main', carries: {} },
        ],
      },
    ],
  };
}

/**
 * Return the first card that a person sees, on every platform: what Attendant does, two examples, one button. `prefix`
 * precedes each example (`/attendant `). `refusal`: why the app is not open to the person, in place of the button.
 */
export function welcomeCard(
  locale: Locale,
  { prefix = '', refusal }: { readonly prefix?: string; readonly refusal?: string | undefined } = {},
): Card {
  const words = wordsIn(locale).users;
  return {
    title: words.welcomeTitle,
    summary: words.welcomeTitle,
    blocks: [
      { kind: 'text', text: words.welcome },
      ...words.welcomeExamples.map((example) => ({ kind: 'text' as const, text: `${prefix}${example}` })),
      refusal === undefined
        ? {
            kind: 'buttons',
            buttons: [
              { kind: 'form', action: outOfOfficeActions.set, label: words.welcomeButton, tone: 'main', carries: {} },
            ],
          }
        : { kind: 'note', text: refusal },
    ],
  };
}

/** Return the card with the code that lets another workspace into the company. */
export function workspaceCodeCard(locale: Locale, code: string, minutes: number): Card {
  const words = wordsIn(locale).users;
  return {
    title: words.connectTitle,
    summary: words.connectLine(minutes),
    blocks: [
      { kind: 'text', text: words.connectLine(minutes) },
      { kind: 'text', text: `${words.connectWord} ${code}` },
      { kind: 'note', text: words.connectNote },
    ],
  };
}

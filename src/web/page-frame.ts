import type { Request, Response } from 'express';
import type { ComponentChildren } from 'preact';
import type { Locale } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import { unheardCount } from '../core/voicemail/mailbox/message-list.js';
import { documentOf, type LayoutContext } from './components/layout.js';
import { browserLocale } from './http/session.js';
import type { Visitor } from './http/visitor.js';

/** The content that a page puts into the common frame. */
interface Content {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly scripts?: readonly string[];
  readonly live?: boolean;
  /** The page to be on in the navigation, for an answer or a form that came from it. */
  readonly from?: string;
  /** For pages whose personal link identifies the reader without a sign-in. */
  readonly locale?: Locale;
}

/** Renders a page for the visitor. */
export type RenderPage = (content: Content) => Promise<string>;

/** Create the frame of a visitor's pages. */
export const frameFor =
  (deps: Deps, house: LayoutContext, request: Request, response: Response, visitor: Visitor | undefined): RenderPage =>
  async ({ from, ...content }) =>
    documentOf({
      ...content,
      house,
      locale: visitor?.requester.reader.locale ?? content.locale ?? browserLocale(request),
      address: from ?? (request.method === 'GET' ? request.originalUrl : '/'),
      nonce: String(response.locals.nonce ?? ''),
      ...(visitor && {
        visitor: {
          requester: visitor.requester,
          bar: visitor.bar,
          closed: visitor.closed !== undefined,
          unheard: await unheardCount(deps, visitor.requester.user.id),
        },
      }),
    });

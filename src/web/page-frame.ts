import type { Request, Response } from 'express';
import type { ComponentChildren } from 'preact';
import type { Locale } from '../core/chat/phrasing.js';
import type { Deps } from '../core/deps.js';
import { unheardCount } from '../core/voicemail/mailbox/message-list.js';
import { documentOf, type LayoutContext } from './components/layout.js';
import { browserLocale } from './http/session.js';
import type { Visitor } from './http/visitor.js';

/** What a page adds to the frame that all pages have. */
interface Content {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly scripts?: readonly string[];
  readonly live?: boolean;
  /** For pages whose link says who reads, before anybody signed in. */
  readonly locale?: Locale;
}

/** Draws a page for whoever asked. */
export type Frame = (content: Content) => Promise<string>;

export const frameFor =
  (deps: Deps, house: LayoutContext, request: Request, response: Response, visitor: Visitor | undefined): Frame =>
  async (content) =>
    documentOf({
      ...content,
      house,
      locale: visitor?.requester.reader.locale ?? content.locale ?? browserLocale(request),
      address: request.method === 'GET' ? request.originalUrl : '/',
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

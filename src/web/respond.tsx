import type { Request, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import type { Answer } from '../core/chat/exchange.js';
import type { Card, Form } from '../core/chat/view.js';
import { FormView } from './components/form.js';
import { Icon } from './components/icons.js';
import type { RenderPage } from './page-frame.js';
import { type FormOrigin, isFromScript } from './read.js';
import { CardView, liveTarget, type Place } from './render.js';
import { webWords } from './web.words.js';

/**
 * Perform an answer. For our script, send a piece of HTML that htmx puts where the headers say; for a plain request,
 * send a page, or redirect to the page that the form came from.
 */
export async function respond(
  request: Request,
  response: Response,
  answer: Answer,
  origin: FormOrigin,
  frame: RenderPage,
) {
  const place: Place = {
    locale: answer.locale,
    page: origin.page,
    ...(origin.target ? { target: origin.target } : {}),
  };
  if (isFromScript(request)) return respondInPlace(response, answer, place);

  switch (answer.kind) {
    case 'done':
      return response.redirect(303, origin.page);
    case 'say':
    case 'replace':
      return response.send(
        await frame({ title: answer.card.title || answer.card.summary, children: <Said />, from: origin.page }),
      );
    case 'open':
    case 'invalid':
      return response
        .status(answer.kind === 'invalid' ? 422 : 200)
        .send(await frame({ title: answer.form.title, children: <OwnPage form={answer.form} />, from: origin.page }));
    case 'suggest':
      return response.sendStatus(404);
    default:
      return answer satisfies never;
  }

  function Said() {
    const card = (answer as { card: Card }).card;
    return (
      <div class="narrow">
        {!card.title && <h1 class="unseen">{card.summary}</h1>}
        <CardView card={card} place={{ locale: place.locale, page: place.page }} level={1} />
        <p>
          <a class="button" href={place.page}>
            {webWords(place.locale).back}
          </a>
        </p>
      </div>
    );
  }

  function OwnPage({ form }: { form: Form }) {
    return (
      <div class="narrow sheet-page">
        <FormView form={form} place={place} sheet={false} />
      </div>
    );
  }
}

function respondInPlace(response: Response, answer: Answer, place: Place) {
  const words = webWords(answer.locale);
  switch (answer.kind) {
    case 'done':
      return answer.line === undefined
        ? response.set(closeSheetAndReload).status(204).end()
        : sendPiece(response, { ...closeSheetAndReload, ...swapInto('#toast', 'innerHTML') }, <p>{answer.line}</p>);
    case 'open':
      return sendPiece(response, swapInto('#sheet', 'innerHTML'), <FormView form={answer.form} place={place} sheet />);
    case 'invalid':
      return sendPiece(
        response.status(422),
        swapInto('#sheet', 'innerHTML'),
        <FormView form={answer.form} place={place} sheet />,
      );
    case 'replace':
      // Otherwise the result would be out of sight.
      if (place.target === liveTarget)
        return sendPiece(
          response,
          { ...closeSheetAndReload, ...swapInto('#said', 'innerHTML') },
          <span>{answer.card.summary}</span>,
        );
      if (place.target)
        return sendPiece(
          response,
          { ...closeSheetAndReload, ...swapInto(`#${place.target}`, 'outerHTML') },
          <CardView card={answer.card} place={place} />,
        );
      return sendPiece(
        response,
        { ...closeSheetAndReload, ...swapInto('#answer', 'innerHTML show:window:top') },
        <Answered />,
      );
    case 'say':
      return sendPiece(
        response,
        { ...closeSheetAndReload, ...swapInto('#answer', 'innerHTML show:window:top') },
        <Answered />,
      );
    case 'suggest':
      return response.sendStatus(404);
    default:
      return answer satisfies never;
  }

  function Answered() {
    return (
      <div class="answered">
        <CardView card={(answer as { card: Card }).card} place={{ locale: place.locale, page: place.page }} />
        <button type="button" class="dismiss" aria-label={words.close} data-dismiss>
          <Icon name="close" />
        </button>
      </div>
    );
  }
}

/** Close the sheet, and reload the parts of the page that show stored data. */
const closeSheetAndReload = { 'HX-Trigger': JSON.stringify({ 'attendant:settled': {}, 'attendant:changed': {} }) };

const swapInto = (target: string, swap: string) => ({ 'HX-Retarget': target, 'HX-Reswap': swap });

const sendPiece = (
  response: Response,
  headers: Record<string, string>,
  content: Parameters<typeof renderToString>[0],
) => response.set(headers).type('html').send(renderToString(content));

import { Fragment, type VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { signInActions } from '../core/accounts/sign-in.action-ids.js';
import { formatDuration, formatLabelled, type Locale } from '../core/chat/phrasing.js';
import type { Block, Button, Card } from '../core/chat/view.js';
import { wordsIn } from '../core/chat/words.js';
import { truncate } from '../core/text.js';

/** The links of a mail beside its card's own. */
interface MailLinks {
  /** The home in the browser, where the card stands with all its buttons. */
  readonly homeUrl?: string | undefined;
  /** Where the reader stops e-mails of this kind. */
  readonly unsubscribeUrl?: string | undefined;
}

/**
 * Render a card as a mail: its text, and the buttons that open a page. The other buttons need a chat or a browser, so a
 * card with nothing else to press gets the way to the browser.
 */
export function renderMail(
  shown: Card,
  locale: Locale,
  { homeUrl, unsubscribeUrl }: MailLinks = {},
): { subject: string; text: string; html: string } {
  const card = homeUrl === undefined ? shown : withWayHome(shown, locale, homeUrl);
  const text = card.blocks
    .map((block) => textOf(block, locale))
    .filter(Boolean)
    .join('\n\n');
  const footer = wordsIn(locale).unsubscribe.footer;
  const foot = unsubscribeUrl === undefined ? '' : `\n-- \n${formatLabelled(locale, footer, unsubscribeUrl)}\n`;
  return {
    subject: truncate(card.title || card.summary, 150),
    // A card of buttons alone, none of which works in a mail, still says what it is about.
    text: `${text || card.summary}\n${foot}`,
    html: `<!doctype html>${whole(renderToStaticMarkup(<Page {...{ card, locale, unsubscribeUrl }} />))}`,
  };
}

/** Keep a French time on one line: `14 h 05`. */
const whole = (html: string): string => html.replace(/(\d) h (\d\d)\b/g, '$1\u00a0h\u00a0$2');

/** A card that asks for an answer, and in a mail has no button for it. */
function withWayHome(card: Card, locale: Locale, url: string): Card {
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const isLinked = card.blocks.some(({ kind }) => kind === 'audio') || buttons.some(({ kind }) => kind === 'link');
  if (isLinked || buttons.length === 0) return card;
  const home: Button = { kind: 'link', action: signInActions.open, label: wordsIn(locale).signIn.open, url };
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [home] }] };
}

function textOf(block: Block, locale: Locale): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text;
    case 'facts':
      return block.facts.map(({ label, value }) => formatLabelled(locale, label, value)).join('\n');
    case 'audio':
      return formatLabelled(
        locale,
        `${block.audio.label} (${formatDuration(block.audio.durationSeconds)})`,
        block.audio.url,
      );
    case 'image':
      return block.alternative;
    case 'divider':
      return '---';
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.join(' | ')).join('\n');
    case 'buttons':
      return linksOf(block)
        .map(({ label, url }) => formatLabelled(locale, label, url))
        .join('\n');
    case 'selection':
      return block.entries.map(({ label, detail }) => [label, ...(detail ? [detail] : [])].join('\n')).join('\n\n');
    default:
      return block satisfies never;
  }
}

const linksOf = ({ buttons }: Block & { kind: 'buttons' }) => buttons.filter((button) => button.kind === 'link');

// Many mail programs ignore style sheets, so every element has its own style; those that do not get dark colours.
const body = 'margin:0;padding:24px;background:#f6f6f4;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b';
const sheet = 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px;overflow-wrap:anywhere';
const button =
  'display:inline-block;padding:10px 18px;margin:0 8px 8px 0;border-radius:8px;background:#1f5f5b;color:#fff;text-decoration:none;font-weight:600';
const quiet = 'color:#5c5c57;font-size:14px';

const dark = `@media (prefers-color-scheme: dark) {
  .body { background: #161615 !important; color: #ededea !important }
  .sheet { background: #232321 !important }
  .quiet { color: #b3b3ac !important }
  .button { background: #8fd3cd !important; color: #10201f !important }
  .line { border-color: #3b3b38 !important }
}`;

const Page = (props: { card: Card; locale: Locale; unsubscribeUrl: string | undefined }) => {
  const { card, locale, unsubscribeUrl } = props;
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{card.title || card.summary}</title>
        <style dangerouslySetInnerHTML={{ __html: dark }} />
      </head>
      <body class="body" style={body}>
        <div class="sheet" style={sheet}>
          {card.title && <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{card.title}</h1>}
          {card.blocks.map((block) => (
            <BlockView block={block} locale={locale} />
          ))}
        </div>
        {unsubscribeUrl !== undefined && (
          <p style="max-width:560px;margin:16px auto 0;text-align:center">
            <a href={unsubscribeUrl} class="quiet" style={quiet}>
              {wordsIn(locale).unsubscribe.footer}
            </a>
          </p>
        )}
      </body>
    </html>
  );
};

function BlockView({ block, locale }: { block: Block; locale: Locale }): VNode {
  switch (block.kind) {
    case 'text':
      return (
        <p style="margin:0 0 16px;white-space:pre-line" dir="auto">
          {block.text}
        </p>
      );
    case 'note':
      return (
        <p class="quiet" style={`margin:0 0 16px;white-space:pre-line;${quiet}`} dir="auto">
          {block.text}
        </p>
      );
    case 'facts':
      return <Pairs rows={block.facts.map(({ label, value }) => [formatLabelled(locale, label, ''), value])} />;
    case 'audio':
      return (
        <Link label={`${block.audio.label} (${formatDuration(block.audio.durationSeconds)})`} url={block.audio.url} />
      );
    case 'image':
      return <img src={block.url} alt={block.alternative} style="max-width:100%" />;
    case 'divider':
      return <hr class="line" style="border:0;border-top:1px solid #e4e4df;margin:0 0 16px" />;
    case 'table':
      return <DataTable columns={block.columns} rows={block.rows} />;
    case 'buttons':
      return (
        <Fragment>
          {linksOf(block).map(({ label, url }) => (
            <Fragment>
              <Link label={label} url={url} />{' '}
            </Fragment>
          ))}
        </Fragment>
      );
    case 'selection':
      return <Pairs rows={block.entries.map(({ label, detail }) => [label, detail ?? ''])} />;
    default:
      return block satisfies never;
  }
}

const Link = ({ label, url }: { label: string; url: string }) => (
  <a href={url} class="button" style={button}>
    {label}
  </a>
);

/**
 * Labels and values. The table only puts them side by side, which mail programs do by nothing else; programs and
 * previews that show the text alone join the cells, so each label ends in a colon.
 */
const Pairs = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <table role="presentation" style={table}>
    {rows.map((row) => (
      <CellRow cells={row} />
    ))}
  </table>
);

const DataTable = ({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }) => (
  <table style={table}>
    <thead>
      <tr>
        {columns.map((column) => (
          <Fragment>
            <th scope="col" class="quiet" style={`${cell};text-align:left;font-weight:600;${quiet}`}>
              {column}
            </th>{' '}
          </Fragment>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <CellRow cells={row} />
      ))}
    </tbody>
  </table>
);

const CellRow = ({ cells }: { cells: readonly string[] }) => (
  <tr>
    {cells.map((text, column) => (
      <Fragment>
        <td dir="auto" class={column === 0 ? 'quiet' : ''} style={column === 0 ? `${cell};${quiet}` : cell}>
          {text}
        </td>{' '}
      </Fragment>
    ))}
  </tr>
);

const table = 'border-collapse:collapse;margin:0 0 16px';
// Where long words may break anywhere, a column without a width of its own shrinks to single letters.
const cell = 'padding:2px 16px 2px 0;vertical-align:top;min-width:5.5em';

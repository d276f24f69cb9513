import { Fragment, type VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { formatDuration, formatLabelled, type Locale } from '../core/chat/phrasing.js';
import type { Block, Card } from '../core/chat/view.js';
import { truncate } from '../core/text.js';

/** Render a card as a mail: its text, and the buttons that open a page. The other buttons need a chat or a browser. */
export function renderMail(card: Card, locale: Locale): { subject: string; text: string; html: string } {
  const text = card.blocks
    .map((block) => textOf(block, locale))
    .filter(Boolean)
    .join('\n\n');
  return {
    subject: truncate(card.title || card.summary, 150),
    // A card of buttons alone, none of which works in a mail, still says what it is about.
    text: `${text || card.summary}\n`,
    html: `<!doctype html>${renderToStaticMarkup(<Page card={card} locale={locale} />)}`,
  };
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
    default:
      return block satisfies never;
  }
}

const linksOf = ({ buttons }: Block & { kind: 'buttons' }) => buttons.filter((button) => button.kind === 'link');

// Mail programs ignore style sheets, so every element has its own style.
const body = 'margin:0;padding:24px;background:#f6f6f4;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b';
const sheet = 'max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px';
const button =
  'display:inline-block;padding:10px 18px;margin:0 8px 8px 0;border-radius:8px;background:#1f5f5b;color:#fff;text-decoration:none;font-weight:600';
const quiet = 'color:#5c5c57;font-size:14px';

const Page = ({ card, locale }: { card: Card; locale: Locale }) => (
  <html lang={locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>{card.title || card.summary}</title>
    </head>
    <body style={body}>
      <div style={sheet}>
        {card.title && <h1 style="margin:0 0 16px;font-size:20px">{card.title}</h1>}
        {card.blocks.map((block) => (
          <BlockView block={block} />
        ))}
      </div>
    </body>
  </html>
);

function BlockView({ block }: { block: Block }): VNode {
  switch (block.kind) {
    case 'text':
      return (
        <p style="margin:0 0 16px;white-space:pre-line" dir="auto">
          {block.text}
        </p>
      );
    case 'note':
      return (
        <p style={`margin:0 0 16px;white-space:pre-line;${quiet}`} dir="auto">
          {block.text}
        </p>
      );
    case 'facts':
      return <Rows rows={block.facts.map(({ label, value }) => [label, value])} />;
    case 'audio':
      return (
        <Link label={`${block.audio.label} (${formatDuration(block.audio.durationSeconds)})`} url={block.audio.url} />
      );
    case 'image':
      return <img src={block.url} alt={block.alternative} style="max-width:100%" />;
    case 'divider':
      return <hr style="border:0;border-top:1px solid #e4e4df;margin:0 0 16px" />;
    case 'table':
      return <Rows rows={[block.columns, ...block.rows]} />;
    case 'buttons':
      return (
        <Fragment>
          {linksOf(block).map(({ label, url }) => (
            <Link label={label} url={url} />
          ))}
        </Fragment>
      );
    default:
      return block satisfies never;
  }
}

const Link = ({ label, url }: { label: string; url: string }) => (
  <a href={url} style={button}>
    {label}
  </a>
);

const Rows = ({ rows }: { rows: readonly (readonly string[])[] }) => (
  <table style="border-collapse:collapse;margin:0 0 16px">
    {rows.map((row) => (
      <tr>
        {row.map((cell, column) => (
          <td dir="auto" style={`padding:2px 16px 2px 0;vertical-align:top;${column === 0 ? quiet : ''}`}>
            {cell}
          </td>
        ))}
      </tr>
    ))}
  </table>
);

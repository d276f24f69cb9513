import { randomUUID } from 'node:crypto';
import { formatDuration, type Locale } from '../core/chat/phrasing.js';
import type { AudioLink, Banner, Block, Button, Card, CarriedData } from '../core/chat/view.js';
import { Icon } from './components/icons.js';
import { SelectionView } from './components/selection.js';
import { pageReplacing } from './page-links.js';

/** The context of rendering: the language, the page to return to, and the element that a click replaces. */
export interface Place {
  readonly locale: Locale;
  /** Path and query of the page. */
  readonly page: string;
  /** The element that an answer replaces; without it, answers are shown at the top of the page. */
  readonly target?: string;
}

/** The target whose content reloads itself: a click's result shows there without a swap. */
export const liveTarget = 'live';

/** Render a card. `level`: the level of its heading. */
export function CardView({ card, place, level = 2 }: { card: Card; place: Place; level?: 1 | 2 | 3 }) {
  const id = `card-${randomUUID()}`;
  const Heading = `h${level}` as const;
  const here = { ...place, target: id };
  return (
    <article class="card" id={id} data-summary={card.summary} aria-labelledby={card.title ? `${id}-title` : undefined}>
      {card.title && (
        <Heading class="card-title" id={`${id}-title`} dir="auto">
          {card.title}
        </Heading>
      )}
      {card.blocks.map((block) => (
        <BlockView block={block} place={here} />
      ))}
    </article>
  );
}

/** Render one block of a card. */
export function BlockView({ block, place }: { block: Block; place: Place }) {
  switch (block.kind) {
    case 'text':
      return (
        <p class="text" dir="auto">
          {block.text}
        </p>
      );
    case 'facts':
      return (
        <dl class="facts">
          {block.facts.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'audio':
      return <AudioView audio={block.audio} />;
    case 'image':
      return <img class="picture" src={safeAddress(block.url)} alt={block.alternative} />;
    case 'divider':
      return <hr />;
    case 'note':
      return (
        <p class="note" dir="auto">
          {block.text}
        </p>
      );
    case 'table':
      return <TableView columns={block.columns} rows={block.rows} />;
    case 'buttons':
      return <Buttons buttons={block.buttons} place={place} />;
    case 'selection':
      return (
        <SelectionView
          selection={block}
          ofEntry={({ buttons }) => <Buttons buttons={buttons} place={place} />}
          hidden={<HiddenFields carries={{ ...block.carries, [block.name]: '' }} place={place} />}
        />
      );
    default:
      return block satisfies never;
  }
}

const AudioView = ({ audio }: { audio: AudioLink }) => (
  <a class="audio" href={safeAddress(audio.url)}>
    <span class="audio-play">
      <Icon name="play" />
    </span>
    <span class="audio-label" dir="auto">
      {audio.label}
    </span>
    <span class="audio-length">{formatDuration(audio.durationSeconds)}</span>
  </a>
);

function TableView({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen must be scrollable by keyboard
    <section class="scroller" tabIndex={0} aria-label={columns.join(', ')}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td dir="auto">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Render a row of buttons. */
export const Buttons = ({ buttons, place }: { buttons: readonly Button[]; place: Place }) => (
  <div class="buttons">
    {buttons.map((button) => (
      <ButtonView button={button} place={place} />
    ))}
  </div>
);

/** A button: a link when it opens a page or a form, otherwise a small form that counts once. */
function ButtonView({ button, place }: { button: Button; place: Place }) {
  const looks = `button${button.tone ? ` ${button.tone}` : ''}`;
  switch (button.kind) {
    case 'link':
      return (
        <a class={looks} href={safeAddress(button.url)} data-action={button.action}>
          {button.label}
        </a>
      );
    case 'form': {
      const address = formAddress(button.action, button.carries, place);
      return (
        <a
          class={looks}
          href={address}
          data-action={button.action}
          hx-get={address}
          hx-target="#sheet"
          aria-haspopup="dialog"
        >
          {button.label}
        </a>
      );
    }
    case 'action': {
      const page = pageReplacing(button);
      if (page !== undefined)
        return (
          <a class={looks} href={page} data-action={button.action}>
            {button.label}
          </a>
        );
      return button.confirm ? (
        <ConfirmedButton button={button} place={place} />
      ) : (
        <Click button={button} place={place} />
      );
    }
    default:
      return button satisfies never;
  }
}

type Action = Button & { kind: 'action' };

const Click = ({
  button,
  place,
  label,
  live = true,
}: {
  button: Action;
  place: Place;
  label?: string;
  live?: boolean;
}) => (
  <form class="click" method="post" action={`/do/${button.action}`} hx-post={live ? `/do/${button.action}` : undefined}>
    <HiddenFields carries={button.carries} place={place} />
    <button
      type="submit"
      class={`button${button.tone ? ` ${button.tone}` : ''}`}
      data-action={button.action}
      data-key={keyOf(button)}
    >
      {label ?? button.label}
    </button>
  </form>
);

/** A button that asks for confirmation; a popover needs no script. */
function ConfirmedButton({ button, place }: { button: Action; place: Place }) {
  const { confirm } = button;
  const id = `ask-${randomUUID()}`;
  if (!confirm) return null;
  return (
    <>
      <button
        type="button"
        class={`button${button.tone ? ` ${button.tone}` : ''}`}
        popovertarget={id}
        aria-haspopup="dialog"
        data-key={keyOf(button)}
      >
        {button.label}
      </button>
      <div
        class="ask"
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
      >
        <h2 id={`${id}-title`}>{confirm.title}</h2>
        <p id={`${id}-text`} dir="auto">
          {confirm.text}
        </p>
        <div class="buttons end">
          <button type="button" class="button" popovertarget={id} popovertargetaction="hide">
            {confirm.no}
          </button>
          <Click button={{ ...button, carries: button.carries }} place={place} label={confirm.yes} />
        </div>
      </div>
    </>
  );
}

/** The banner above every page while an admin is impersonating. */
export const BannerView = ({ bar, place }: { bar: Banner; place: Place }) => (
  <aside class="bar" aria-label={bar.text}>
    <Icon name="mask" />
    <p dir="auto">{bar.text}</p>
    {/* The page then belongs to another person, so all of it is reloaded. */}
    {bar.stop.kind === 'action' ? (
      <Click button={bar.stop} place={place} live={false} />
    ) : (
      <ButtonView button={bar.stop} place={place} />
    )}
  </aside>
);

/**
 * The hidden fields of every form: the core's ids, a unique number that makes resubmission idempotent, and the page to
 * return to.
 */
export const HiddenFields = ({ carries, place }: { carries: CarriedData; place: Place }) => (
  <>
    {Object.entries(carries).map(([name, value]) => (
      <input type="hidden" name={`c.${name}`} value={value} />
    ))}
    <input type="hidden" name="_once" value={randomUUID()} />
    <input type="hidden" name="_page" value={place.page} />
    {place.target && <input type="hidden" name="_target" value={place.target} />}
  </>
);

/** The address of a form: a page that works without a script, which the sheet shows in place. */
export function formAddress(form: string, carries: CarriedData, place: Place): string {
  const query = new URLSearchParams(Object.entries(carries).map(([name, value]) => [`c.${name}`, value]));
  query.set('_page', place.page);
  if (place.target) query.set('_target', place.target);
  return `/forms/${form}?${query}`;
}

/** The same button has the same key, so that focus stays on it when its card is swapped. */
const keyOf = ({ action, carries }: Action): string => [action, ...Object.values(carries)].join(' ');

/** Allow only http, mailto, tel and local addresses in a link; never a script. */
const safeAddress = (url: string): string => (/^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(url) ? url : '#');

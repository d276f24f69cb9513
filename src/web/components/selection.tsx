import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import type { Entry, Selection, SelectionButton } from '../../core/chat/view.js';

/** The entries with a box each, and the buttons that act on those that are ticked. */
export function SelectionView(props: {
  selection: Selection;
  /** An entry's own buttons. */
  ofEntry: (entry: Entry) => ComponentChildren;
  /** The hidden fields of the form. */
  hidden: ComponentChildren;
}) {
  const { name, entries, buttons } = props.selection;
  // The buttons of an entry are forms of their own, so the boxes belong to their form by its id.
  const id = `selection-${randomUUID()}`;
  const first = `/do/${buttons[0]?.action}`;
  return (
    <>
      <ul class="entries">
        {entries.map((entry) => (
          <li>
            <label class="entry-tick">
              <input type="checkbox" form={id} name={`c.${name}`} value={entry.value} autoComplete="off" />
              <span dir="auto">{entry.label}</span>
            </label>
            {entry.detail && (
              <p class="note" dir="auto">
                {entry.detail}
              </p>
            )}
            {props.ofEntry(entry)}
          </li>
        ))}
      </ul>
      <form id={id} method="post" action={first} hx-post={first}>
        {props.hidden}
        <SelectionButtons buttons={buttons} />
      </form>
    </>
  );
}

/** The buttons of a form of ticks; each sends the form to its own address. */
export const SelectionButtons = ({ buttons }: { buttons: readonly SelectionButton[] }) => (
  <div class="buttons">
    {buttons.map(({ kind, action, label, tone }) =>
      kind === 'form' ? (
        <button
          class="button"
          type="submit"
          formMethod="get"
          formAction={`/forms/${action}`}
          aria-haspopup="dialog"
          data-action={action}
        >
          {label}
        </button>
      ) : (
        <button
          class={`button${tone ? ` ${tone}` : ''}`}
          type="submit"
          formAction={`/do/${action}`}
          data-action={action}
        >
          {label}
        </button>
      ),
    )}
  </div>
);

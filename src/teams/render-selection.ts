import type { Button, Entry, Selection, SelectionButton } from '../core/chat/view.js';
import { tickId } from './card-data.js';
import { teamsWords } from './teams.words.js';
import { type Element, isPlain, plainText } from './text-elements.js';

/** How the card renders the buttons of a selection and of its entries. */
interface Actions {
  readonly locale: 'en' | 'fr' | undefined;
  /** The id of this rendering. */
  readonly drawing: string;
  readonly ofEntry: (button: Button) => Element;
  readonly ofSelection: (button: SelectionButton) => Element;
  readonly rows: (actions: readonly Element[]) => Element[];
}

/** Render each entry as a row with its box, then the buttons for the ticked ones. */
export const selectionElements = (selection: Selection, actions: Actions): Element[] => [
  ...selection.entries.map((entry, index) => rowOf(selection.name, entry, index, actions)),
  ...actions.rows(selection.buttons.map(actions.ofSelection)),
];

/**
 * An entry's own buttons are not actions of the card, of which Teams shows six, but words beside the entry that can be
 * clicked.
 */
const rowOf = (name: string, { label, detail, value, buttons }: Entry, index: number, actions: Actions): Element => ({
  type: 'ColumnSet',
  ...(index > 0 ? { separator: true, spacing: 'small' } : {}),
  columns: [
    {
      type: 'Column',
      width: 'stretch',
      items: [
        // The title of a choice reads Markdown.
        ...(isPlain(label) ? [] : plainText(label)),
        {
          type: 'Input.ChoiceSet',
          id: tickId(name, actions.drawing, index),
          style: 'expanded',
          isMultiSelect: true,
          wrap: true,
          ...(isPlain(label) ? {} : { spacing: 'none' }),
          choices: [{ title: isPlain(label) ? label : teamsWords(actions.locale ?? 'en').select, value }],
        },
        ...(detail ? plainText(detail, { size: 'small', isSubtle: true }) : []).map((element) => ({
          ...element,
          spacing: 'none',
        })),
      ],
    },
    {
      type: 'Column',
      width: 'auto',
      verticalContentAlignment: 'center',
      // One below the other: on a telephone two columns would leave no room for the entry.
      items: buttons.map((button) => linkOf(button, actions.ofEntry(button), actions)),
    },
  ],
});

/** A question cannot follow a click on words, so such a button stays an action. */
const linkOf = (button: Button, action: Element, { rows }: Actions): Element => ({
  type: 'Container',
  spacing: 'small',
  ...(action.type === 'Action.ShowCard'
    ? { items: rows([action]) }
    : { selectAction: action, items: plainText(button.label, { color: 'accent', weight: 'bolder' }) }),
});

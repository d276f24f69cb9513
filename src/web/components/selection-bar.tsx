import { wordsIn } from '../../core/chat/words.js';
import { selectionButtons } from '../../core/voicemail/message-buttons.views.js';
import { HiddenFields, type Place } from '../render.js';
import { webWords } from '../web.words.js';
import { SelectionButtons } from './selection.js';

/** The id of the form to which the boxes of the list belong. */
export const selectionForm = 'selection';

/**
 * The actions on several messages. It stands outside the list, which reloads itself; without a script it is always
 * shown, and answers with a page.
 */
export function SelectionBar(props: {
  place: Place;
  shown: { readonly deleted: boolean; readonly handled: boolean; readonly mayForward: boolean };
}) {
  const { place, shown } = props;
  const words = webWords(place.locale);
  const buttons = selectionButtons(wordsIn(place.locale).voicemail, shown);
  return (
    <form
      class="selection-bar"
      id={selectionForm}
      method="post"
      action={`/do/${buttons[0]?.action}`}
      hx-post={`/do/${buttons[0]?.action}`}
      data-ticks
      data-settled="c.voicemails"
      aria-label={words.selection}
    >
      <HiddenFields carries={{}} place={place} />
      <label class="select-all" hidden>
        <input type="checkbox" data-tick-all autoComplete="off" />
        <span>{words.selectAll}</span>
      </label>
      <p class="selected-count" role="status">
        {words.selected} <output data-ticked="">0</output>
      </p>
      <SelectionButtons buttons={buttons} />
    </form>
  );
}

import type { PersonField } from '../core/chat/view.js';

/**
 * The action id of a person field. Slack sends it with what a person types there, and nothing else of the form, so it
 * also says whom the field does not offer. A field is found again by its block.
 */
export const personActionId = ({ name, without }: PersonField): string =>
  without === undefined ? name : `${name}${mark}${without}`;

/** The user whom the field of this action id leaves out. */
export function leftOutIn(actionId: string): { readonly without?: string } {
  const [, without] = actionId.split(mark);
  return without === undefined ? {} : { without };
}

const mark = '~without~';

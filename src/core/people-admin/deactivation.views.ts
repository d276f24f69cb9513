import { joinWithAnd, type Reader } from '../chat/phrasing.js';
import type { Field, Form } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { formatNumber } from '../phone-number.js';
import type { DeactivationOutlook } from './deactivation.js';
import { peopleAdminActions } from './people-admin.action-ids.js';

/** What hangs on somebody who is to be deactivated, and what becomes of it. */
export function deactivationForm(
  reader: Reader,
  { person, kept, released, backupOf, covers, openVoicemails }: DeactivationOutlook,
  { isPlus, country }: { readonly isPlus: boolean; readonly country: string },
): Form {
  const words = wordsIn(reader.locale).peopleAdmin;
  const numbers = (some: readonly string[]) =>
    joinWithAnd(
      reader.locale,
      some.map((number) => (number.startsWith('+') ? formatNumber(number, country) : number)),
    );
  const names = (some: readonly string[], more: number) =>
    joinWithAnd(reader.locale, more > 0 ? [...some, `+ ${more}`] : some);
  const field = (name: string, label: string, hint: string): Field => ({
    kind: 'person',
    name,
    label,
    hint,
    required: false,
    without: person.id,
  });
  return {
    id: peopleAdminActions.deactivate,
    title: words.deactivateTitle,
    submit: words.deactivate,
    cancel: words.cancel,
    carries: { user: person.id },
    intro: [
      words.deactivateIntro(person.displayName),
      ...(kept.length > 0 ? [words.keepsNumbers(numbers(kept))] : []),
      ...(released.length > 0 ? [words.givesBack(numbers(released))] : []),
      backupOf.total === 0
        ? words.noBackupOf
        : words.isBackupOf(backupOf.total, names(backupOf.names, backupOf.total - backupOf.names.length)),
      ...(covers.length > 0 ? [words.coversFor(names(covers, 0))] : []),
      ...(isPlus && openVoicemails > 0 ? [words.openVoicemails(openVoicemails)] : []),
    ].join('\n'),
    fields: [
      ...(backupOf.total > 0 || covers.length > 0
        ? [field('replacement', words.replacement, words.replacementHint)]
        : []),
      ...(isPlus && openVoicemails > 0 ? [field('voicemailsTo', words.voicemailsTo, words.voicemailsHint)] : []),
    ],
  };
}

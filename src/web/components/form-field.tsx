import type { Locale } from '../../core/chat/phrasing.js';
import type { ChoiceField, Field, Option, PersonField } from '../../core/chat/view.js';
import { webWords } from '../web.words.js';
import { Icon } from './icons.js';

/** A field with its label, hint and problem. The element's id is the field's name (CONTRACT.md §4). */
export function FieldView({ field, locale }: { field: Field; locale: Locale }) {
  const words = webWords(locale);
  const looks = `field${field.problem === undefined ? '' : ' wrong'}`;
  const more = (
    <>
      {field.hint && (
        <p class="hint" id={`${field.name}-hint`}>
          {field.hint}
        </p>
      )}
      {field.problem !== undefined && (
        <p class="problem" id={`${field.name}-problem`} dir="auto">
          {field.problem}
        </p>
      )}
    </>
  );
  if (field.kind === 'fixed')
    return (
      <div class={looks} id={field.name}>
        <p class="fixed-label">{field.label}</p>
        <p class="fixed" dir="auto">
          <Icon name="lock" />
          {field.value}
        </p>
        {more}
      </div>
    );
  if (field.kind === 'toggle')
    return (
      <div class={`${looks} toggle`}>
        <input type="hidden" name="_toggle" value={field.name} />
        <label for={field.name}>
          <input type="checkbox" value="true" checked={field.value} {...common(field)} />
          <span>{field.label}</span>
        </label>
        {more}
      </div>
    );
  if (isRadios(field))
    return (
      <fieldset class={looks} id={field.name} aria-describedby={describedBy(field)}>
        <legend>{field.label}</legend>
        {more}
        <div class="radios">
          {field.options.map((option) => (
            <label>
              <input type="radio" name={field.name} value={option.value} checked={option.value === field.value} />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
    );
  return (
    <div class={looks}>
      <label for={field.name}>
        {field.label}
        {!field.required && <span class="optional"> ({words.optional})</span>}
      </label>
      {more}
      <Control field={field} locale={locale} />
    </div>
  );
}

function Control({ field, locale }: { field: Exclude<Field, { kind: 'toggle' | 'fixed' }>; locale: Locale }) {
  switch (field.kind) {
    case 'text':
      if (field.secret)
        return <input type="password" autocomplete="off" maxLength={field.maxLength} {...common(field)} />;
      return field.multiline ? (
        <textarea rows={3} dir="auto" maxLength={field.maxLength} {...common(field)}>
          {field.value ?? ''}
        </textarea>
      ) : (
        <input type="text" dir="auto" maxLength={field.maxLength} value={field.value ?? ''} {...common(field)} />
      );
    case 'choice':
      return (
        <select {...common(field)}>
          {!field.required && field.value === undefined && <option value="">–</option>}
          {field.options.map((option) => (
            <option value={option.value} selected={option.value === field.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case 'person':
      return <PersonControl field={field} locale={locale} />;
    case 'date':
      return <input type="date" value={field.value ?? ''} {...common(field)} />;
    case 'time':
      return <input type="time" value={field.value ?? ''} {...common(field)} />;
    case 'number':
      return (
        <input
          type="number"
          inputMode="numeric"
          value={field.value ?? ''}
          min={field.minimum}
          max={field.maximum}
          {...common(field)}
        />
      );
    case 'file':
      return <input type="file" accept={field.endings.map((ending) => `.${ending}`).join(',')} {...common(field)} />;
    default:
      return field satisfies never;
  }
}

/**
 * A typed name, and the id of the person it stands for. The script offers names while the person types; without it the
 * core resolves the typed name. The id counts only while the name beside it is the one it was chosen with.
 */
export function PersonControl({ field, locale }: { field: PersonField; locale: Locale }) {
  const words = webWords(locale);
  const label = field.value?.label ?? '';
  return (
    <div class="person" data-combobox data-without={field.without}>
      <input
        type="text"
        dir="auto"
        autoComplete="off"
        value={label}
        placeholder={words.searching}
        role="combobox"
        aria-expanded="false"
        aria-controls={`${field.name}-list`}
        aria-autocomplete="list"
        {...common(field)}
      />
      <input type="hidden" name={`${field.name}~id`} value={field.value?.value ?? ''} />
      <input type="hidden" name={`${field.name}~name`} value={label} />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options, as the combobox pattern has it */}
      <ul class="options" role="listbox" id={`${field.name}-list`} aria-label={field.label} hidden />
      <p class="said" role="status" data-one={words.suggestions(1)} data-many={words.suggestions(2)} />
    </div>
  );
}

/** The suggestions below a person field; without any, the reason. */
export const SuggestionsView = ({ options, empty }: { options: readonly Option[]; empty: string }) =>
  options.length === 0 ? (
    <li class="none" dir="auto">
      {empty}
    </li>
  ) : (
    options.map(({ value, label, detail }, index) => (
      // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and points here
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
      <li role="option" id={`option-${index}`} data-value={value} data-label={label}>
        <span dir="auto">{label}</span>
        {detail && (
          <span class="option-detail" dir="auto">
            {detail}
          </span>
        )}
      </li>
    ))
  );

type Named = Pick<Field, 'name' | 'required' | 'problem' | 'hint'>;

const common = (field: Named) => ({
  id: field.name,
  name: field.name,
  'aria-required': field.required,
  'aria-invalid': field.problem === undefined ? undefined : true,
  'aria-describedby': describedBy(field),
});

const describedBy = ({ name, hint, problem }: Named): string | undefined =>
  [hint && `${name}-hint`, problem !== undefined && `${name}-problem`].filter(Boolean).join(' ') || undefined;

/** Whether a choice has so few options that all are shown at once, as radio buttons. */
const isRadios = (field: Field): field is ChoiceField =>
  field.kind === 'choice' && field.required && field.options.length <= 4;

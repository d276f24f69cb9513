import type { Form } from '../../core/chat/view.js';
import { HiddenFields, type Place } from '../render.js';
import { webWords } from '../web.words.js';
import { FieldView } from './form-field.js';
import { Icon } from './icons.js';

/** A form, on its own page or in the sheet above a page. */
export function FormView({ form, place, sheet }: { form: Form; place: Place; sheet: boolean }) {
  const words = webWords(place.locale);
  const files = form.fields.some(({ kind }) => kind === 'file');
  const problems = form.fields.filter(({ problem }) => problem !== undefined);
  const live = sheet ? { 'hx-post': `/forms/${form.id}`, 'hx-target': '#sheet' } : {};
  return (
    <form
      class="form"
      id={form.id}
      method="post"
      action={`/forms/${form.id}`}
      noValidate
      enctype={files ? 'multipart/form-data' : undefined}
      hx-encoding={files && sheet ? 'multipart/form-data' : undefined}
      aria-labelledby="form-title"
      {...live}
    >
      <div class="form-head">
        <h1 id="form-title">{form.title}</h1>
      </div>
      {form.intro && (
        <p class="intro" dir="auto">
          {form.intro}
        </p>
      )}
      {(form.problem !== undefined || problems.length > 0) && (
        <div class="trouble" role="alert" tabIndex={-1} data-focus>
          <Icon name="alert" />
          <p dir="auto">{form.problem ?? words.problems}</p>
          {problems.length > 0 && (
            <ul>
              {problems.map((field) => (
                <li>
                  <a href={`#${field.name}`}>{field.label}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {form.fields.map((field) => (
        <FieldView field={field} locale={place.locale} />
      ))}
      <HiddenFields carries={form.carries} place={place} />
      <div class="buttons end form-foot">
        <a class="button" href={place.page} data-close>
          {form.cancel}
        </a>
        <button type="submit" class="button main">
          {form.submit}
        </button>
      </div>
    </form>
  );
}

import type { Employees as Offered } from '../../core/accounts/sign-in.types.js';
import type { Locale } from '../../core/chat/phrasing.js';
import { initials } from '../components/layout.js';
import { SearchBox } from '../components/search-box.js';
import { webWords } from '../web.words.js';
import { notes } from './notes.words.js';

/** The sign-in page: by a personal link from chat; in the demo, by choosing a person. */
export function SignInPage(props: {
  locale: Locale;
  /** Undefined outside the demo. */
  employees: Offered | undefined;
  to: string;
  signedOut: boolean;
}) {
  const words = webWords(props.locale);
  return (
    <div class="sign-in-page">
      <Welcome lead={words.signInLead} />
      {props.signedOut && <p class="quiet-line">{words.signedOut}</p>}
      {props.employees ? (
        <Employees employees={props.employees} to={props.to} locale={props.locale} />
      ) : (
        <div class="card">
          <h2 class="card-title">{words.signIn}</h2>
          <p class="text">{words.signInHow}</p>
          <p>
            <code class="typed">/attendant app</code>
          </p>
          <p class="note">{words.signInWhy}</p>
        </div>
      )}
      <p class="note">
        <a href="/privacy">{notes[props.locale].privacy.title}</a> ·{' '}
        <a href="/terms">{notes[props.locale].terms.title}</a>
      </p>
    </div>
  );
}

function Employees({ employees, to, locale }: { employees: Offered; to: string; locale: Locale }) {
  const words = webWords(locale);
  const { typed, people, more } = employees;
  return (
    <div class="card">
      <h2 class="card-title" id="choose">
        {words.chooseEmployee}
      </h2>
      {(more || typed !== '') && (
        <search>
          <form class="finder" method="get" action="/sign-in">
            <input type="hidden" name="to" value={to} />
            <SearchBox hint={words.chooseName} typed={typed} find={words.find} />
          </form>
        </search>
      )}
      {people.length === 0 && <p class="empty">{words.chooseNobody}</p>}
      <form method="post" action="/sign-in" aria-labelledby="choose">
        <input type="hidden" name="to" value={to} />
        <ul class="people">
          {people.map((person) => (
            <li>
              <button class="person-row" type="submit" name="user" value={person.id}>
                <span class="face" aria-hidden="true">
                  {initials(person.displayName)}
                </span>
                <span class="person-who">
                  <span class="person-name">{person.displayName}</span>
                  <span class="person-what">{person.title}</span>
                </span>
                {person.admin && <span class="tag">{words.adminArea}</span>}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </div>
  );
}

/**
 * The page behind a personal link. It signs in only when the button is pressed, because chats open links to preview
 * them.
 */
export function LinkPage(props: { locale: Locale; token: string; name: string; to: string }) {
  const { locale, token, name, to } = props;
  const words = webWords(locale);
  return (
    <div class="sign-in-page">
      <Welcome lead={words.signInLead} />
      <form class="card" method="post" action={`/sign-in/${token}`}>
        <h2 class="card-title">{words.signIn}</h2>
        <input type="hidden" name="to" value={to} />
        <div class="buttons">
          <button class="button main wide" type="submit">
            {words.signInAs(name)}
          </button>
        </div>
        <p class="note">{words.notYou}</p>
      </form>
    </div>
  );
}

const Welcome = ({ lead }: { lead: string }) => (
  <div class="welcome">
    <h1>
      <span class="lamp" aria-hidden="true" />
      Attendant
    </h1>
    <p class="lead">{lead}</p>
  </div>
);

/** The page for a missing address, a refusal or a failure: what happened, and how to go on. */
export const SorryPage = ({ title, line, locale }: { title: string; line: string; locale: Locale }) => (
  <div class="sign-in-page">
    <div class="card">
      <h1 class="card-title" dir="auto">
        {title}
      </h1>
      {line && (
        <p class="text" dir="auto">
          {line}
        </p>
      )}
      <div class="buttons">
        <a class="button" href="/">
          {webWords(locale).home}
        </a>
      </div>
    </div>
  </div>
);

import type { Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { type FoundPerson, reasonLine, stateLine } from '../../core/directory/directory.views.js';
import { titleAndTeam } from '../../core/people/person.js';
import { formatNumber } from '../../core/phone-number.js';
import { personAddress } from '../page-links.js';
import { initials } from './layout.js';

/** A list of people; each entry links to the person's page. */
export const PeopleList = (props: { found: readonly FoundPerson[]; reader: Reader; country: string }) => (
  <ul class="colleagues">
    {props.found.map((one) => (
      <Colleague found={one} reader={props.reader} country={props.country} />
    ))}
  </ul>
);

function Colleague({ found, reader, country }: { found: FoundPerson; reader: Reader; country: string }) {
  const { person, absence } = found;
  const words = wordsIn(reader.locale).directory;
  const why = reasonLine(reader, found);
  return (
    <li class="colleague">
      <Face name={person.displayName} away={absence !== undefined} />
      <div class="colleague-who">
        <a class="colleague-link" href={personAddress(person.id)} dir="auto">
          {person.displayName}
        </a>
        {titleAndTeam(person) !== '' && (
          <p class="colleague-what" dir="auto">
            {titleAndTeam(person)}
          </p>
        )}
        {absence && <p class="colleague-away">{stateLine(reader, found)}</p>}
        {why !== undefined && <p class="colleague-why">{why}</p>}
      </div>
      <p class="colleague-numbers">
        {person.extension && <span>{words.extensionShort(person.extension)}</span>}
        {person.did && <span class="digits">{formatNumber(person.did, country)}</span>}
      </p>
    </li>
  );
}

/** Initials in a circle; the rim shows that the person is away, as the text beside it does. */
export const Face = ({ name, away }: { name: string; away: boolean }) => (
  <span class={`face${away ? ' away' : ''}`} aria-hidden="true">
    {initials(name)}
  </span>
);

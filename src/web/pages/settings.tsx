import type { Reader } from '../../core/chat/phrasing.js';
import { wordsIn } from '../../core/chat/words.js';
import { sourceLine, valueLine } from '../../core/settings/setting-lines.js';
import {
  groupButton,
  groupsOf,
  type SettingsScope,
  type ShownGroup,
  settingButton,
} from '../../core/settings/settings.views.js';
import { settingsIn } from '../../core/settings/settings-form.js';
import type { SettingWhy } from '../../core/settings/why.js';
import { Icon } from '../components/icons.js';
import type { PageRequest, Routes } from '../http/route-helpers.js';
import { Buttons, formAddress, liveTarget, type Place } from '../render.js';
import { webWords } from '../web.words.js';

/** One's own settings, and the company's: every value with its source, changed in place by the forms of the chat. */
export function settingsPages({ page }: Routes): void {
  page('/settings', (asked) => show(asked, 'own', '/settings'));
  page('/admin/settings', (asked) => show(asked, 'company', '/admin/settings'));
}

async function show({ deps, response, visitor, frame }: PageRequest, scope: SettingsScope, page: string) {
  const { requester } = visitor;
  const { reader } = requester;
  const words = wordsIn(reader.locale).settings;
  const title = scope === 'own' ? words.title : words.titleCompany;
  const groups = groupsOf(reader, await settingsIn(deps, requester, scope));
  const place: Place = { locale: reader.locale, page, target: liveTarget };
  const children = (
    <>
      <h1>{title}</h1>
      <div class="settings">
        <nav class="settings-nav" aria-label={title}>
          {groups.map(({ group, title }) => (
            <a href={`#${group}`}>{title}</a>
          ))}
          <a href="/settings/blocked">{wordsIn(reader.locale).blocking.title}</a>
        </nav>
        <div id="live" class="settings-groups">
          {groups.map((group) => (
            <Group group={group} scope={scope} reader={reader} place={place} />
          ))}
        </div>
      </div>
    </>
  );
  response.send(await frame({ title, children, live: true }));
}

interface InPlace {
  readonly scope: SettingsScope;
  readonly reader: Reader;
  readonly place: Place;
}

const Group = ({ group: { group, title, settings }, ...where }: InPlace & { readonly group: ShownGroup }) => (
  <section id={group} aria-labelledby={`${group}-title`}>
    <div class="section-head">
      <h2 id={`${group}-title`}>{title}</h2>
      <Buttons buttons={[groupButton(where.reader, where.scope, group)]} place={where.place} />
    </div>
    <ul class="setting-list">
      {settings.map((why) => (
        <Row why={why} {...where} />
      ))}
    </ul>
  </section>
);

function Row({ why, scope, reader, place }: InPlace & { readonly why: SettingWhy }) {
  const { label, hint } = why.setting.words[reader.locale];
  return (
    <li class="setting">
      <div class="setting-what">
        <h3>{label}</h3>
        <p class="hint">{hint}</p>
      </div>
      <div class="setting-value">
        <p dir="auto">{valueLine(reader, why)}</p>
        <p class="hint" dir="auto">
          {sourceLine(reader, why)}
        </p>
      </div>
      {why.lockedBy ? (
        <span class="setting-lock">
          <Icon name="lock" />
        </span>
      ) : (
        <EditLink why={why} scope={scope} reader={reader} place={place} />
      )}
    </li>
  );
}

function EditLink({ why, scope, reader, place }: InPlace & { readonly why: SettingWhy }) {
  const words = webWords(reader.locale);
  const button = settingButton(scope, why, words.changeSetting(why.setting.words[reader.locale].label));
  const address = formAddress(button.action, button.carries, place);
  return (
    <a
      class="button round"
      href={address}
      data-action={button.action}
      hx-get={address}
      hx-target="#sheet"
      aria-haspopup="dialog"
    >
      <Icon name="pencil" />
      <span class="unseen">{button.label}</span>
    </a>
  );
}

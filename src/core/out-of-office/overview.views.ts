import type { Reader } from '../chat/phrasing.js';
import type { Block, Card, Fact } from '../chat/view.js';
import { wordsIn } from '../chat/words.js';
import { directoryActions } from '../directory/directory.action-ids.js';
import { settingsActions } from '../settings/settings.action-ids.js';
import { outOfOfficeActions } from './out-of-office.action-ids.js';
import {
  fromLine,
  nameList,
  periodButtons,
  periodFacts,
  type ShownPeriod,
  untilLine,
  type ViewSettings,
} from './out-of-office.views.js';

/** What the overview shows. */
export interface Overview {
  /** Undefined: in the office. */
  readonly running: ShownPeriod | undefined;
  /** Soonest first. */
  readonly planned: readonly ShownPeriod[];
  readonly defaultBackup: string | undefined;
  /** Names of the people whom this person covers now or soon. */
  readonly covering: readonly string[];
  /** Undefined without voicemail. */
  readonly unheard: number | undefined;
}

/** Return the card: in or out, who covers, the next change, what waits; with the actions. */
export function overviewCard(reader: Reader, standing: Overview, setting: ViewSettings): Card {
  const words = wordsIn(reader.locale).outOfOffice;
  const { running, planned } = standing;
  const line = running ? words.outLine(untilLine(reader, running.endsAt)) : words.inLine;
  return {
    title: running ? words.outTitle : words.inTitle,
    summary: line,
    blocks: [
      ...(running ? [] : [{ kind: 'text', text: words.inText } as const]),
      { kind: 'facts', facts: [...(running ? periodFacts(reader, running, setting) : []), ...facts(reader, standing)] },
      ...(running ? [{ kind: 'buttons', buttons: periodButtons(words, running, true) } as const] : []),
      ...planned.slice(0, mostPlanned).flatMap((period) => plannedBlocks(reader, period)),
      { kind: 'divider' },
      {
        kind: 'buttons',
        buttons: [
          {
            kind: 'form',
            action: outOfOfficeActions.set,
            label: running ? words.planButton : words.setButton,
            carries: {},
            ...(running ? {} : { tone: 'main' as const }),
          },
          { kind: 'form', action: directoryActions.find, label: words.findButton, carries: {} },
          {
            kind: 'action',
            action: settingsActions.show,
            label: wordsIn(reader.locale).settings.button,
            carries: {},
          },
        ],
      },
    ],
  };
}

const mostPlanned = 5;

function facts(reader: Reader, { running, defaultBackup, covering, unheard }: Overview): Fact[] {
  const words = wordsIn(reader.locale).outOfOffice;
  return [
    ...(running ? [] : [{ label: words.factDefaultBackup, value: defaultBackup ?? words.noDefaultBackup }]),
    ...(unheard === undefined ? [] : [{ label: words.factUnheard, value: String(unheard) }]),
    ...(covering.length === 0 ? [] : [{ label: words.factCovering, value: nameList(reader, covering) }]),
  ];
}

function plannedBlocks(reader: Reader, period: ShownPeriod): Block[] {
  const words = wordsIn(reader.locale).outOfOffice;
  const value = words.next(fromLine(reader, period.startsAt), untilLine(reader, period.endsAt));
  return [
    { kind: 'facts', facts: [{ label: words.factNext, value }] },
    { kind: 'buttons', buttons: periodButtons(words, period, false) },
  ];
}

import type { PartOfDay } from './working-hours.js';

/** A unit of time. */
export type Unit = 'minute' | 'hour' | 'day' | 'business-day' | 'week' | 'weekend' | 'month' | 'quarter' | 'year';

/**
 * How an end is linked to its beginning. `until` names the moment of return; `through` and `to` the last day away;
 * `jusqua` a day away, but a week or month of return, as in French.
 */
export type EndLink = 'until' | 'through' | 'to' | 'jusqua';

/** The meanings of a word or a phrase in a date. */
export type Meaning =
  | { readonly is: 'weekday'; readonly value: number }
  | { readonly is: 'month'; readonly value: number }
  | { readonly is: 'unit'; readonly value: Unit; readonly times?: number; readonly close?: true }
  | { readonly is: 'count'; readonly value: number }
  | { readonly is: 'ordinal'; readonly value: number }
  | { readonly is: 'day'; readonly value: number }
  | { readonly is: 'part'; readonly value: PartOfDay; readonly today?: true }
  | { readonly is: 'time'; readonly value: 'noon' | 'midnight' | 'day-begins' | 'day-ends' }
  | { readonly is: 'which'; readonly value: 'this' | 'next' | 'prochain' | 'last' }
  | { readonly is: 'edge'; readonly value: 'begins' | 'middle' | 'ends' }
  | { readonly is: 'begin'; readonly value: 'from' | 'since' | 'between'; readonly day?: true }
  | { readonly is: 'end'; readonly value: EndLink; readonly day?: true }
  | { readonly is: 'holiday'; readonly month: number; readonly day: number }
  | { readonly is: 'meridiem'; readonly value: 'am' | 'pm' }
  | {
      readonly is:
        | 'now'
        | 'whole'
        | 'rest'
        | 'half'
        | 'half-day'
        | 'and'
        | 'inclusive'
        | 'exclusive'
        | 'forever'
        | 'for'
        | 'within'
        | 'ago'
        | 'hence'
        | 'fortnight-hence'
        | 'week-hence'
        | 'the'
        | 'of'
        | 'at'
        | 'clock'
        | 'half-past'
        | 'quarter-past'
        | 'quarter-to'
        | 'noise';
    };

type Entries = readonly (readonly [Meaning, string])[];

const values = <Is extends 'weekday' | 'month' | 'count' | 'ordinal'>(
  is: Is,
  list: readonly string[],
  first = 1,
): Entries => list.map((words, at) => [{ is, value: at + first } as Meaning, words]);

/**
 * Without accents and apostrophes; phrases separated by `|`. A hyphen or a full stop may stand between their words.
 */
const entries: Entries = [
  ...values('weekday', [
    'monday|mondays|mon|lundi|lun',
    'tuesday|tuesdays|tues|tue|mardi|mar',
    'wednesday|wednesdays|weds|wed|mercredi|mer',
    'thursday|thursdays|thurs|thur|thu|jeudi|jeu',
    'friday|fridays|fri|vendredi|ven|vend',
    'saturday|saturdays|sat|samedi|sam',
    'sunday|sundays|sun|dimanche|dim',
  ]),
  ...values('month', [
    'january|jan|janvier|janv',
    'february|feb|fevrier|fevr|fev',
    'march|mar|mars',
    'april|apr|avril|avr',
    'may|mai',
    'june|jun|juin',
    'july|jul|juillet|juil|juill',
    'august|aug|aout|aou',
    'september|sept|sep|septembre',
    'october|oct|octobre',
    'november|nov|novembre',
    'december|dec|decembre',
  ]),
  ...values(
    'count',
    [
      'zero',
      'one|a|an|un|une',
      'two|deux|couple|couple of|couple de|couple d|a couple|a couple of|une couple de|une couple d',
      'three|trois',
      'four|quatre',
      'five|cinq',
      'six',
      'seven|sept',
      'eight|huit',
      'nine|neuf',
      'ten|dix',
      'eleven|onze',
      'twelve|douze',
      'thirteen|treize',
      'fourteen|quatorze',
      'fifteen|quinze',
      'sixteen|seize',
      'seventeen|dix sept',
      'eighteen|dix huit',
      'nineteen|dix neuf',
      'twenty|vingt',
    ],
    0,
  ),
  [{ is: 'count', value: 21 }, 'vingt et un|vingt et une|twenty one'],
  [{ is: 'count', value: 24 }, 'twenty four|vingt quatre'],
  [{ is: 'count', value: 25 }, 'twenty five|vingt cinq'],
  [{ is: 'count', value: 30 }, 'thirty|trente'],
  [{ is: 'count', value: 36 }, 'thirty six|trente six'],
  [{ is: 'count', value: 40 }, 'forty|quarante'],
  [{ is: 'count', value: 45 }, 'forty five|quarante cinq'],
  [{ is: 'count', value: 48 }, 'forty eight|quarante huit'],
  [{ is: 'count', value: 50 }, 'fifty|cinquante'],
  [{ is: 'count', value: 60 }, 'sixty|soixante'],
  [{ is: 'count', value: 75 }, 'soixante quinze'],
  [{ is: 'count', value: 90 }, 'ninety|quatre vingt dix'],
  ...values('ordinal', [
    'first|premier|premiere',
    'second|deuxieme',
    'third|troisieme',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
    'eleventh',
    'twelfth',
    'thirteenth',
    'fourteenth',
    'fifteenth',
    'sixteenth',
    'seventeenth',
    'eighteenth',
    'nineteenth',
    'twentieth',
    'twenty first',
    'twenty second',
    'twenty third',
    'twenty fourth',
    'twenty fifth',
    'twenty sixth',
    'twenty seventh',
    'twenty eighth',
    'twenty ninth',
    'thirtieth',
    'thirty first',
  ]),
  [{ is: 'unit', value: 'minute' }, 'minute|minutes|min|mins|mn'],
  [{ is: 'unit', value: 'minute', close: true }, 'm'],
  [{ is: 'unit', value: 'hour' }, 'hour|hours|hr|hrs|heure|heures|h'],
  [{ is: 'unit', value: 'day' }, 'day|days|jour|jours|journee|journees|calendar days'],
  [{ is: 'unit', value: 'day', close: true }, 'd'],
  [{ is: 'unit', value: 'day' }, 'j'],
  [
    { is: 'unit', value: 'business-day' },
    'business day|business days|working day|working days|workday|workdays|work day|work days|weekdays|week days|jour ouvrable|jours ouvrables|jour ouvre|jours ouvres|jour de travail|jours de travail',
  ],
  [{ is: 'unit', value: 'week' }, 'week|weeks|wk|wks|semaine|semaines|sem'],
  [{ is: 'unit', value: 'week', close: true }, 'w'],
  [{ is: 'unit', value: 'week', times: 2 }, 'fortnight|fortnights|quinzaine|quinzaines|quinzaine de jours'],
  [{ is: 'unit', value: 'week', times: 1 }, 'huitaine|huitaine de jours|work week|working week|workweek'],
  [{ is: 'unit', value: 'weekend' }, 'weekend|week end|weekends|fin de semaine'],
  [{ is: 'unit', value: 'month' }, 'month|months|mois|mth'],
  [{ is: 'unit', value: 'quarter' }, 'quarter|quarters|trimestre|trimestres'],
  [{ is: 'unit', value: 'year' }, 'year|years|yr|yrs|an|ans|annee|annees'],
  [{ is: 'day', value: 0 }, 'today|aujourd hui|aujourdhui|auj'],
  [{ is: 'day', value: 1 }, 'tomorrow|tmrw|tmr|tmw|tomo|2moro|tommorow|tommorrow|tomorow|demain|dem'],
  [{ is: 'day', value: 2 }, 'day after tomorrow|the day after tomorrow|overmorrow|apres demain|surlendemain'],
  [{ is: 'day', value: -1 }, 'yesterday|hier'],
  [{ is: 'day', value: -2 }, 'day before yesterday|the day before yesterday|avant hier'],
  [{ is: 'part', value: 'morning' }, 'morning|mornings|matin|matinee|in the morning|du matin|le matin|dans la matinee'],
  [
    { is: 'part', value: 'afternoon' },
    'afternoon|afternoons|apres midi|aprem|apm|in the afternoon|de l apres midi|l apres midi|dans l apres midi',
  ],
  [
    { is: 'part', value: 'evening' },
    'evening|soir|soiree|night|nuit|in the evening|at night|du soir|le soir|en soiree|dans la soiree',
  ],
  [{ is: 'part', value: 'evening', today: true }, 'tonight|tonite|this evening|ce soir|cette nuit|this night'],
  [{ is: 'part', value: 'morning', today: true }, 'this morning|ce matin'],
  [{ is: 'part', value: 'afternoon', today: true }, 'this afternoon|cet apres midi|cette apres midi'],
  [{ is: 'part', value: 'noon' }, 'lunch|lunchtime|lunch time|at lunch|over lunch|heure du midi|pause midi'],
  [{ is: 'time', value: 'noon' }, 'noon|midday|mid day|midi|noontime'],
  [{ is: 'time', value: 'midnight' }, 'midnight|minuit'],
  [
    { is: 'time', value: 'day-ends' },
    'eod|cob|close of business|end of day|end of the day|end of business|end of work day|end of the work day|end of the working day|day s end|fin de journee|fin de la journee|fin du jour',
  ],
  [
    { is: 'time', value: 'day-begins' },
    'start of day|start of the day|beginning of the day|debut de journee|debut de la journee|sod',
  ],
  [{ is: 'which', value: 'this' }, 'this|current|this coming|this very|ce|cet|cette|courant|courante|en cours'],
  [{ is: 'which', value: 'next' }, 'next|following|the next|the following|suivant|suivante|d apres'],
  [{ is: 'which', value: 'prochain' }, 'prochain|prochaine|prochains|prochaines|coming|upcoming|qui vient'],
  [{ is: 'which', value: 'last' }, 'last|previous|past|dernier|derniere|derniers|dernieres|passe|passee|precedent'],
  [
    { is: 'edge', value: 'ends' },
    'end of|the end of|end|ends|fin|fin de|fin du|fin d|fin de la|fin de l|la fin de|la fin du|la fin d|la fin de la|la fin de l|eo|close of',
  ],
  [
    { is: 'edge', value: 'begins' },
    'start of|the start of|beginning of|the beginning of|early|debut|debut de|debut du|debut d|debut de la|debut de l|le debut de|le debut du|le debut d|le debut de la|le debut de l',
  ],
  [{ is: 'edge', value: 'middle' }, 'mid|middle of|the middle of|mi|milieu de|milieu du|le milieu de|le milieu du'],
  [
    { is: 'begin', value: 'from' },
    'from|starting|starting from|starting on|beginning|beginning on|as of|as from|effective|de|d|a partir de|a partir d|a compter de|a compter d|des|commencant|debutant|from the',
  ],
  [
    { is: 'begin', value: 'from', day: true },
    'du|a partir du|a compter du|des le|debutant le|commencant le|a partir des',
  ],
  [{ is: 'begin', value: 'since' }, 'since|depuis'],
  [{ is: 'begin', value: 'since', day: true }, 'depuis le'],
  [{ is: 'begin', value: 'between' }, 'between|entre'],
  [{ is: 'begin', value: 'between', day: true }, 'entre le'],
  [{ is: 'end', value: 'to' }, 'to|up to|a'],
  [{ is: 'end', value: 'to', day: true }, 'au|aux|to the'],
  [
    { is: 'end', value: 'through' },
    'through|thru|throughout|until and including|up to and including|till and including|to and including|through to|through until',
  ],
  [
    { is: 'end', value: 'until' },
    'until|untill|unitl|till|til|up until|up till|not until|before|by|back|back on|back at|back by|back in the office|be back|will be back|i ll be back|i will be back|return|returning|returns|returning on|return on|de retour|retour|de retour a|retour a|je reviens|je serai de retour|mon retour|revient|reviens|ends|ending|ending on|d ici|d ici a|avant',
  ],
  [
    { is: 'end', value: 'until', day: true },
    'de retour le|retour le|je reviens le|d ici le|d ici au|avant le|until the|back on the|till the',
  ],
  [
    { is: 'end', value: 'jusqua' },
    'jusqu a|jusqua|jusque|jusqu|jusqu en|jusquen|jusque en|jusqu a ce que|jusqu a la|jusqu a l',
  ],
  [{ is: 'end', value: 'jusqua', day: true }, 'jusqu au|jusquau|jusqu aux|jusqu a le|jusqu le'],
  [
    { is: 'forever' },
    'until further notice|till further notice|indefinitely|open ended|without end|forever|jusqu a nouvel ordre|sans fin fixee|sans fin|indefiniment|until i say|until i say so|back when i am back',
  ],
  [
    { is: 'for' },
    'for|for the|pour|pour le|pour la|pour les|pendant|pendant les|durant|durant les|during|during the|lasting|over|over the',
  ],
  [{ is: 'within' }, 'in|dans|d ici|within|en'],
  [{ is: 'ago' }, 'ago|il y a'],
  [{ is: 'hence' }, 'from now|from today|hence|later|plus tard|time|s time'],
  [{ is: 'week-hence' }, 'week|en huit'],
  [{ is: 'fortnight-hence' }, 'en quinze'],
  [{ is: 'and' }, 'and|et|&|+'],
  [{ is: 'half' }, 'half|demi|demie|and a half|et demi|et demie'],
  [
    { is: 'half-day' },
    'half day|half a day|a half day|half of the day|demi journee|une demi journee|la demi journee|demie journee|une demie journee|half working day',
  ],
  [{ is: 'inclusive' }, 'inclusive|inclusively|included|incl|inclus|incluse|inclusivement|compris|y compris|including'],
  [{ is: 'exclusive' }, 'exclusive|excluded|excl|exclu|exclus|exclusivement|non inclus|not included|not including'],
  [
    { is: 'whole' },
    'all|all of|whole|the whole|whole of|the whole of|entire|the entire|full|tout|tout le|toute|toute la|tous|toutes|entier|entiere|all the|long|all through',
  ],
  [
    { is: 'rest' },
    'rest of|the rest of|remainder of|the remainder of|reste de|reste du|le reste de|le reste du|le reste de la|reste de la|le reste de l',
  ],
  [
    { is: 'now' },
    'now|right now|right away|immediately|maintenant|des maintenant|a partir de maintenant|as of now|starting now|tout de suite|from now on|from now',
  ],
  [{ is: 'meridiem', value: 'am' }, 'am|a m'],
  [{ is: 'meridiem', value: 'pm' }, 'pm|p m'],
  [{ is: 'clock' }, 'h|heure|heures|o clock|oclock|hrs'],
  [{ is: 'half-past' }, 'half past|half after'],
  [{ is: 'quarter-past' }, 'quarter past|a quarter past|quarter after'],
  [{ is: 'quarter-to' }, 'quarter to|a quarter to|quarter of'],
  [{ is: 'the' }, 'the|le|la|les|l'],
  [{ is: 'of' }, 'of|of the|de|du|de la|de l|d|des'],
  [{ is: 'at' }, 'at|a|vers|around|about|@|by|on|sur les|on the|in the|the|le|la|l|in|en|au|du|dans'],
  [{ is: 'holiday', month: 12, day: 25 }, 'christmas|christmas day|xmas|noel|le jour de noel|jour de noel'],
  [{ is: 'holiday', month: 12, day: 24 }, 'christmas eve|xmas eve|veille de noel|la veille de noel'],
  [{ is: 'holiday', month: 12, day: 26 }, 'boxing day|lendemain de noel'],
  [
    { is: 'holiday', month: 12, day: 31 },
    'new years eve|new year s eve|new year eve|saint sylvestre|la saint sylvestre|veille du jour de l an',
  ],
  [
    { is: 'holiday', month: 1, day: 1 },
    'new year|new years|new year s|new year s day|new years day|jour de l an|le jour de l an|nouvel an|le nouvel an',
  ],
  [{ is: 'holiday', month: 7, day: 1 }, 'canada day|fete du canada|la fete du canada'],
  [{ is: 'holiday', month: 6, day: 24 }, 'saint jean|st jean|la saint jean|la st jean|saint jean baptiste'],
  [
    { is: 'noise' },
    'compris|out|of office|out of office|out of the office|office|away|off|ooo|absent|absente|absence|du bureau|au bureau|bureau|please|pls|thanks|thank you|merci|s il vous plait|svp|stp|i am|i m|im|i will be|i ll be|will be|je suis|je serai|understood|leave|on leave|holiday|on holiday|vacation|on vacation|en vacances|vacances|en conge|conge|sick|malade|just|just for|juste|seulement|uniquement|with|avec|covered|par|remplace par|remplacee par|covered by|the|le|la|les|l|at|on|only|to|du|de|des|and|et|au|a|date|office hours|le jour|in|it|is|by|time',
  ],
];

interface Phrase {
  readonly words: readonly string[];
  readonly meaning: Meaning;
}

/** Phrases by their first word, longest first. */
const byFirst: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const grouped = new Map<string, Phrase[]>();
  for (const [meaning, list] of entries)
    for (const phrase of list.split('|')) {
      const words = phrase.split(' ');
      const first = words[0] ?? '';
      grouped.set(first, [...(grouped.get(first) ?? []), { words, meaning }]);
    }
  for (const group of grouped.values()) group.sort((a, b) => b.words.length - a.words.length);
  return grouped;
})();

/** Return the phrases that begin with a word, longest first. */
export const phrasesFrom = (word: string): readonly Phrase[] => byFirst.get(word) ?? [];

/** Every word of the vocabulary of dates. */
export const knownWords: ReadonlySet<string> = new Set(
  entries.flatMap(([, list]) => list.split('|').flatMap((phrase) => phrase.split(' '))),
);

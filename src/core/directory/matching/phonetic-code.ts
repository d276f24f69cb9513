/**
 * The languages by whose rules a word is turned into a phonetic code: one sign a sound, `S` for sh and ch, `J` for j
 * and zh.
 * Names are read as English and as French; if the two codes differ, a name is found by either.
 */
export type SoundLanguage = 'en' | 'fr';

/** Return the phonetic codes of a folded word in both languages, without duplicates. */
export function soundsOf(word: string): string[] {
  const english = soundOf(word, 'en');
  const french = soundOf(word, 'fr');
  return english === french ? [english] : [english, french];
}

/** Return the phonetic code of a folded word in one language. */
export function soundOf(word: string, tongue: SoundLanguage): string {
  const rules = read[tongue];
  let key = '';
  let at = 0;
  while (at < word.length) {
    const rule = ruleAt(rules.get(word.charCodeAt(at)), word, at);
    const sound = rule ? rule.sound : (word[at] ?? '');
    for (const sign of sound) if (sign !== key[key.length - 1]) key += sign;
    at += rule ? rule.letters.length : 1;
  }
  return key === '' ? word : key;
}

interface Rule {
  readonly letters: string;
  readonly sound: string;
  /** Letters of which one must follow; `$` for the end of the word. */
  readonly before: string;
  readonly atStart: boolean;
}

function ruleAt(rules: readonly Rule[] | undefined, word: string, at: number): Rule | undefined {
  if (!rules) return undefined;
  for (const rule of rules) {
    if (rule.atStart && at > 0) continue;
    if (!word.startsWith(rule.letters, at)) continue;
    const next = at + rule.letters.length;
    if (rule.before === '' || rule.before.includes(next < word.length ? word.charAt(next) : '$')) return rule;
  }
  return undefined;
}

/** `^kn n` at the start, `c/eiy s` before e, i or y, `e/$ -` silent at the end. The first rule that fits counts. */
function readingOf(notation: string): ReadonlyMap<number, readonly Rule[]> {
  const rules = new Map<number, Rule[]>();
  for (const line of notation.trim().split(/;\s*/)) {
    const [left = '', sound = ''] = line.split(/\s+/);
    const [letters = '', before = ''] = left.replace('^', '').split('/');
    const rule = { letters, before, atStart: left.startsWith('^'), sound: sound === '-' ? '' : sound };
    const first = letters.charCodeAt(0);
    rules.set(first, [...(rules.get(first) ?? []), rule]);
  }
  return rules;
}

const both = `
  sch S; sh S; tch S; tsch S; ph f; qu k; q k; ck k; cz S; x ks; zz z;
  bb b; dd d; ff f; ll l; mm m; nn n; pp p; rr r; tt t;`;

const english = readingOf(`
  ${both}
  augh/t o; augh af; aigh e; ai e; ay e; ae e; au o; aw o; ah a; a a;
  ^mb m; b/$ b; cc/eiy ks; cc k; chr kr; ch S; c/eiy s; c k;
  dge J; dg/eiy J; dt t; ee i; ea i; ei e; ey/$ i; ey e; eu u; ew u; er/$ er; eaux o; eau o; es/$ s; e/$ -; e e;
  ^gn n; gh/t -; gh/$ -; gh g; gu/eiy g; g/eiy J; h/bcdfgklmnpqrstvwxz$ -; ie i; igh i; i i; j J;
  ^kn n; kh k; mb/$ m; mc mk; ng ng; oo u; ou u; ow o; oa o; oe o; oy oi; oh o; o o; ^pn n; ^ps s; pf f;
  rh r; ss s; sc/eiy s; th t; tio So; ts/$ s; ue u; ui u; u u; v v; ^wr r; wh w; y/$bcdfghjklmnpqrstvwxz i; y y; z z;
`);

const french = readingOf(`
  ${both}
  aux/$ o; ault/$ o; aud/$ o; aut/$ o; au o; ai e; ay e; an/bcdfgjklpqrstvz$ on; am/bp on; a a;
  ch S; cc/eiy ks; cc k; c/eiy s; c k; d/$ -; eaux o; eau o; eu e; ei e; ey e; en/bcdfgjklpqstvz on; em/bp on;
  er/$ e; ez/$ e; et/$ e; es/$ -; ent/$ on; e/$ -; e e; gn ny; gu/eiy g; g/eiy J; h -; ille iy; ill iy;
  in/bcdfgjklpqrstvz$ en; ain/$ en; im/bp en; ie i; i i; j J; oeu e; oi wa; oy wa; ou u; oo u; o o; on/$ on; p/$ -; rd/$ r; rt/$ r;
  sc/eiy s; ss s; s/$ -; th t; tz ts; t/$ -; un/$ en; u u; w v; x/$ -; y/$bcdfghjklmnpqrstvwxz i; y y; z/$ -; z z;
`);

const read: Readonly<Record<SoundLanguage, ReadonlyMap<number, readonly Rule[]>>> = { en: english, fr: french };

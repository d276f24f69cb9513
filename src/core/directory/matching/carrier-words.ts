import { wordsOf } from './fold-text.js';

/** Phrases that people say around a name, folded; the longest that fits is removed, repeatedly. */
const before = phrases(`
  can i talk to; can i speak to; can i speak with; can i have; can i get; could i talk to; could i speak to;
  could i speak with; could you put me through to; could you connect me to; can you connect me to; can you put me through to;
  may i speak to; may i speak with; may i talk to; id like to speak to; id like to speak with; id like to talk to;
  id like to talk with; id like to reach; i would like to speak to; i would like to speak with; i would like to talk to;
  i want to speak to; i want to talk to; i need to speak to; i need to talk to; i need; i want; im looking for; im calling for; i am calling for;
  im trying to reach; i am looking for; looking for; put me through to; connect me to; connect me with; transfer me to;
  get me; give me; let me speak to; let me talk to; speak to; talk to; call; dial; reach; the name is; the person is; its for;
  the office of; hello; hi there; good morning; good afternoon; yes; yeah; okay; please; um; uh; mister; mr; mrs; ms; miss; doctor; dr;
  professor; prof;
  je voudrais parler a; je voudrais parler avec; je voudrais joindre; je veux parler a; je veux parler avec;
  jaimerais parler a; jaimerais parler avec; jaimerais joindre; est ce que je peux parler a; estce que je peux parler a;
  puisje parler a; puis je parler a; puisje parler avec; puis je parler avec; pourraisje parler a; pourrais je parler a; je cherche a joindre; je cherche; je souhaite parler a;
  je souhaiterais parler a; passez moi; passezmoi; pouvez vous me passer; pouvezvous me passer; mettez moi en communication avec; appelez; appeler; joindre;
  bonjour; allo bonjour; euh; monsieur; madame; mademoiselle; mme; mlle; docteur; maitre; sil vous plait; cest pour; parler a;
  parler avec; le poste de; le bureau de
`);
const after = phrases(`
  please; thanks; thank you; thank you very much; if i may; if possible; right now; now; there; speaking; is that possible; um; uh;
  sil vous plait; svp; merci; merci beaucoup; si possible; je vous prie; euh
`);
/** The words after these say where a person works. */
const where = new Set(['in', 'from', 'at', 'of', 'du', 'au', 'aux', 'dans', 'chez']);

/**
 * Return the words of a spoken request that may be a name: “could I speak to Ann Lee in sales, please?” → `ann lee`.
 */
export function nameWordsOf(said: string): string[] {
  let words = wordsOf(said);
  const whole = words;
  for (let fewer = without(words); fewer.length < words.length; fewer = without(words)) words = fewer;
  const turn = words.findIndex((word, at) => at >= 2 && where.has(word) && at < words.length - 1);
  const named = turn === -1 ? words : words.slice(0, turn);
  // A person may be called Will or May: rather all the words than none.
  return named.length > 0 ? named : whole;
}

function without(words: readonly string[]): string[] {
  const start = before.find((phrase) => phrase.length < words.length && phrase.every((word, at) => words[at] === word));
  if (start) return words.slice(start.length);
  const end = after.find((phrase) => {
    const from = words.length - phrase.length;
    return from > 0 && phrase.every((word, at) => words[from + at] === word);
  });
  return end ? words.slice(0, -end.length) : [...words];
}

function phrases(list: string): string[][] {
  const split = list
    .trim()
    .split(/;\s*/)
    .filter((phrase) => phrase !== '');
  return split.map((phrase) => phrase.split(/\s+/)).sort((a, b) => b.length - a.length);
}

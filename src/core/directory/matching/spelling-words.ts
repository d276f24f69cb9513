/** The spelling alphabets (NATO, the older American one, French) and the names of letters. */
const alphabets = `
  alpha alfa able adam anatole; bravo baker boy berthe bernard; charlie celestin cecile; delta dog david desire denise;
  echo easy edward emile eugene; foxtrot fox frank francois; golf george gaston; hotel how henry henri; india item ida irma isidore;
  juliet juliett jig john joseph; kilo king kleber; lima love lincoln louis; mike mary marcel; november nan nora nancy nicolas; oscar oboe ocean oscar;
  papa peter pierre paul; quebec queen quintal; romeo roger robert raoul; sierra sugar sam samuel suzanne; tango tare tom therese;
  uniform uncle union ursule; victor vector victoire; whiskey whisky william william; xray xavier; yankee yoke young yvonne; zulu zebra zoe
`;

/** Other words that people give as an example of a letter. */
const examples = `
  apple annie andrew; boy bob bear; cat car; dog don; elephant egg ellen; frank fred fish; girl good; house happy harry; ice igloo ireland; jack jane;
  kite kate karen; larry lion lemon laura; mary mother michael; nancy nora nick; orange oliver; paul pizza patrick; quick question; robert rabbit roger; sam susan sun steven;
  tom tiger thomas; umbrella; van violin; water window wendy; yellow yes; zebra zero zoo
`;

/** The names of letters, English and French, as a recogniser writes them. */
const said = `
  a ay eh; b bee be bay; c see sea cee ce; d dee de; e ee; f ef eff effe; g gee jee ge; h aitch haitch aych ache hache; i eye aye; j jay jai ji jae;
  k kay okay ka cay; l el elle ell; m em emme; n en enne; o oh owe eau; p pee pea pe; q cue queue ku kew cu; r are ar arr erre; s es ess esse;
  t tee tea te; u you yu ewe; v vee ve; w doubleyou dublu; x ex eks ix ecks iks ixe; y why wye igrec; z zee zed zede
`;

const letters = new Map<string, string>();
for (const group of `${alphabets};${examples}`.trim().split(/;\s*/)) {
  for (const word of group.split(/\s+/)) letters.set(word, word.charAt(0).toUpperCase());
}
for (const group of said.trim().split(/;\s*/)) {
  const [letter = '', ...names] = group.split(/\s+/);
  for (const name of names) if (!letters.has(name)) letters.set(name, letter);
}

/** Return the letter for which a word of a spelling stands: a capital if it is certain, '' if it stands for none. */
export const letterOf = (word: string): string => (word.length === 1 ? word : (letters.get(word) ?? ''));

/** Words of a spelling that are no letters. */
export const spellingWords = {
  double: new Set(['double', 'deux']),
  triple: new Set(['triple', 'trois']),
  /** Said between a letter and an example of it. */
  likes: [
    ['as', 'in'],
    ['like', 'in'],
    ['like'],
    ['for'],
    ['comme', 'dans'],
    ['comme'],
    ['as', 'an'],
    ['as'],
    ['of', 'in'],
    ['in'],
  ],
  noise: new Set([
    'the',
    'letter',
    'letters',
    'it',
    'is',
    'its',
    'spelled',
    'spelt',
    'then',
    'and',
    'capital',
    'la',
    'lettre',
    'et',
    'puis',
    'accent',
    'aigu',
    'grave',
    'circonflexe',
    'trema',
    'tiret',
    'hyphen',
    'dash',
    'apostrophe',
    'space',
    'espace',
    // “i grec”
    'grec',
    'grecque',
    'last',
    'name',
    'that',
    'thats',
    'cest',
    'sepelle',
  ]),
} as const;

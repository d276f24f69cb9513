/** What callers say that is no name, folded (small letters, no marks, no apostrophes), in English and in French. */

const list = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split(/\s*;\s*/)
    .map((phrase) => phrase.split(/\s+/))
    // Of two phrases that fit, the longer one is meant.
    .sort((a, b) => b.length - a.length);

/** Whoever says nothing else wants the switchboard. */
export const forOperator = list(`
  operator; the operator; an operator; reception; the reception; receptionist; the receptionist; front desk; the front desk;
  switchboard; the switchboard; a human; human; a human being; a person; a real person; real person; somebody; someone;
  anybody; anyone; representative; a representative; an agent; help; help me; zero;
  operateur; un operateur; loperateur; operatrice; une operatrice; loperatrice; standard; le standard; au standard;
  standardiste; la standardiste; la reception; a la reception; receptionniste; la receptionniste; un receptionniste;
  accueil; laccueil; a laccueil; quelquun; une personne; un humain; un agent; aide; aidez moi; de laide
`);

export const forAgain = list(`
  repeat; repeat that; repeat it; can you repeat; can you repeat that; could you repeat that; could you repeat; say that again; say it again; say again; again; pardon;
  pardon me; excuse me; what; what was that; what did you say; come again; sorry; i didnt hear; i didnt hear that;
  i didnt hear you; i did not hear that; i didnt catch that; i didnt get that; start over; start again; go back; main menu;
  repetez; repeter; repete; pouvez vous repeter; pouvezvous repeter; encore; encore une fois; comment; quoi; vous dites;
  quest ce que vous avez dit; desole; desolee; je nai pas entendu; je nai pas compris; recommencer; recommencez; retour
`);

/** Said while thinking, or to find out whether anybody is there. */
export const hesitations = list(`
  um; uh; hmm; hm; mm; er; ah; oh; well; hello; hello hello; hi; hey; good morning; good afternoon; one moment; one second; just a moment; just a second; wait; wait a minute;
  hold on; let me think; let me see; hmm let me think; i dont know; i do not know; im not sure; okay; ok; thank you; thanks; can you hear me; is anybody there; anybody there;
  euh; heu; bonjour; allo; attendez; un instant; un moment; une seconde; une minute; laissez moi reflechir;
  je ne sais pas; je sais pas; merci; vous mentendez; il y a quelquun
`);

export const forYes = list(`
  yes; yes please; yeah; yea; yep; yup; ya; yah; correct; thats correct; that is correct; right; thats right; that is right; sure; of course;
  ok; okay; fine; exactly; absolutely; definitely; please; please do; thats him; thats her; thats it; thats the one; thats them;
  it is; that is him; that is her; thats the person; uh huh; perfect; affirmative; go ahead; connect me;
  oui; ouais; we; wee; si; exact; exactement; cest ca; cest bien ca; cest cela; cest lui; cest elle; cest bien lui; cest bien elle;
  cest exact; cest correct; cest bon; cest juste; daccord; tout a fait; voila; bien sur; parfait; absolument; sil vous plait; svp; en effet; allez y
`);

export const forNo = list(`
  no; nope; nah; know; no no; wrong; thats wrong; that is wrong; wrong person; incorrect; not right; thats not right; not correct; thats not correct; not him; not her; not them; not that one; not that; not this one;
  thats not; that is not; thats not him; thats not her; thats not it; thats not the one; its not; it is not; it isnt; that isnt; i dont think so;
  none; none of them; none of those; none of these; none of the above; neither; nobody; not any of them; somebody else; someone else; another; another person; a different person;
  somebody different; not; no thanks; no thank you;
  non; non non; non merci; pas lui; pas elle; pas celui la; pas celle la; pas ca; ce nest pas; ce nest pas ca; ce nest pas lui; ce nest pas elle; cest pas; cest pas ca; cest pas lui; cest pas elle; pas du tout; pas vraiment; mauvaise personne; erreur; faux;
  aucun; aucune; aucun des deux; aucune des deux; aucun dentre eux; ni lun ni lautre; personne; quelquun dautre; une autre personne; un autre; une autre; autre; autre personne
`);

/** Between a no and the name that was meant. */
export const aroundNo = list(`
  i said; i meant; i mean; i want; i wanted; i asked for; im asking for; actually; its; it is; thats; that is; i need; sorry; thanks; thank you; please;
  the; that; this; right; correct; person; name is; the name is; rather; but;
  jai dit; je disais; je veux; je voulais; je veux dire; je voulais dire; jai demande; je demande; en fait; plutot; cest; mais; merci; desole; desolee; sil vous plait; le nom est; la bonne personne
`);

/** Said first, before anything that matters. */
export const greetings = list(`
  hi; hey; hello; hello there; hi there; good morning; good afternoon; good evening; um; uh; er; well; okay; ok; so; yes; yeah; ah;
  bonjour; bonsoir; allo; salut; euh; heu; alors; oui; bon
`);

/** Around the number of a choice, or before what tells somebody apart: “the one in sales”, “celui des ventes”. */
export const aroundChoice = new Set(
  `the number numero option choice choix press pick choose take ill would like i want id please from in at of with who works one le la les l celui celle ceux
  du de des d au aux dans avec qui travaille je veux prends prendrais voudrais pour faites svp sil vous plait ci team department dept equipe service departement person personne guy lady lequipe dequipe`
    .trim()
    .split(/\s+/),
);

const numbered = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .trim()
      .split(/\s*;\s*/)
      .flatMap((words, at) => words.split(/\s+/).map((word) => [word, at + 1] as const)),
  );

/** One to nine as they are said, and as they are heard. */
export const cardinals = numbered(`
  1 one un une won; 2 two deux to too; 3 three trois tree; 4 four quatre for; 5 five cinq; 6 six; 7 seven sept cette;
  8 eight huit ate; 9 nine neuf
`);
export const ordinals = numbered(`
  first 1st premier premiere 1er 1ere; second 2nd deuxieme seconde 2e; third 3rd troisieme 3e; fourth 4th quatrieme 4e; fifth 5th cinquieme 5e;
  sixth 6th sixieme 6e; seventh 7th septieme 7e; eighth 8th huitieme 8e; ninth 9th neuvieme 9e
`);
export const lastOne = new Set(['last', 'dernier', 'derniere']);

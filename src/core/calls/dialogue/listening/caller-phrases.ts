/** What callers say besides names, folded (small letters, no marks, no apostrophes), in English and in French. */

const list = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split(/;\s*/)
    .map((phrase) => phrase.split(/\s+/))
    // Of two phrases that fit, the longer one is meant.
    .sort((a, b) => b.length - a.length);

/** A caller who says only this wants the switchboard. */
export const operatorPhrases = list(`
  operator; the operator; an operator; reception; the reception; receptionist; the receptionist; front desk; the front desk;
  switchboard; the switchboard; a human; human; a human being; a person; a real person; real person; somebody; someone;
  anybody; anyone; representative; a representative; an agent; help; help me; zero;
  operateur; un operateur; loperateur; operatrice; une operatrice; loperatrice; standard; le standard; au standard;
  standardiste; la standardiste; la reception; a la reception; receptionniste; la receptionniste; un receptionniste;
  accueil; laccueil; a laccueil; quelquun; une personne; un humain; un agent; aide; aidez moi; de laide
`);

/** A caller who says only this wants to hear the question again. */
export const repeatPhrases = list(`
  repeat; repeat that; repeat it; can you repeat; can you repeat that; could you repeat that; could you repeat; say that again; say it again; say again; again; pardon;
  pardon me; excuse me; what; what was that; what did you say; come again; sorry; i didnt hear; i didnt hear that;
  i didnt hear you; i did not hear that; i didnt catch that; i didnt get that; start over; start again; go back; main menu;
  repetez; repeter; repete; pouvez vous repeter; pouvezvous repeter; encore; encore une fois; comment; quoi; vous dites;
  quest ce que vous avez dit; desole; desolee; je nai pas entendu; je nai pas compris; recommencer; recommencez; retour
`);

/** Said while thinking and in greetings; a person may have such a name, too: “Er Li”. */
export const fillerPhrases = list(`
  um; uh; hmm; hm; mm; er; erm; eh; ah; oh; well; so; hello; hello hello; hello there; hi; hi there; hey; good morning; good afternoon; good evening;
  euh; heu; bah; bon; alors; eh bien; bonjour; bonsoir; allo; salut
`);

/** The caller has not decided yet, or is not sure that anybody is there. */
const waitPhrases = list(`
  one moment; one second; one sec; one minute; just a moment; just a second; just a minute; just one moment; just one second; a moment; a second; a minute; a sec;
  two seconds; two minutes; give me a moment; give me a second; wait; please wait; wait a minute; wait a second; wait a moment; hold; please hold; hold on; please hold on; hang on; let me think; let me see;
  i dont know; i do not know; im not sure; i am not sure; not sure; can you hear me; is anybody there; anybody there;
  attendez; attends; un instant; un petit instant; un moment; une seconde; une petite seconde; une minute; deux secondes; deux minutes; ne quittez pas; patientez; laissez moi reflechir;
  je ne sais pas; je sais pas; je ne suis pas sur; je ne suis pas sure; je suis pas sur; je suis pas sure; pas sur; pas sure; vous mentendez; il y a quelquun
`);

/** Phrases without information of their own, thanks included. */
export const hesitationPhrases = [...fillerPhrases, ...waitPhrases, ...list('okay; ok; thank you; thanks; merci')];

/** “si” and “we” are a “oui” as it is heard, and names as well. */
export const yesOrNamePhrases = list('si; we; wee; ya; yah');

/** Phrases that mean yes. */
export const yesPhrases = [
  ...yesOrNamePhrases,
  ...list(`
  yes; yes please; yeah; yea; yep; yup; correct; thats correct; that is correct; right; thats right; that is right; youre right; you are right; sure; for sure; of course;
  ok; okay; all right; alright; fine; good; great; very good; sounds good; exactly; absolutely; definitely; certainly; indeed; please; please do; thats him; thats her; thats it; thats the one; that one; this one; thats them;
  the right person; thats the right person; it is; its him; its her; that is him; that is her; that is it; that is the one; thats the person; uh huh; mm hmm; mhm; perfect; affirmative; go ahead; connect me; put me through; transfer me;
  i do; i would; i think so; i believe so; why not; sure thing; you bet; right on; he is; she is; thats who i want; connect me now; connect me right now;
  oui; ouais; ben oui; bah oui; exact; exactement; cest ca; cest bien ca; cest cela; cest lui; cest elle; cest bien lui; cest bien elle; celui la; celle la;
  cest exact; cest correct; cest bon; cest juste; cest vrai; cest la bonne personne; la bonne personne; daccord; dac; tout a fait; voila; bien sur; bien entendu; parfait; tres bien; absolument; certainement; effectivement; sil vous plait; svp; en effet; allez y;
  vous avez raison; je pense; je crois; pourquoi pas; volontiers; transferez moi; mettez moi en communication; passez le moi; passez la moi
`),
];

/** Phrases that mean no. */
export const noPhrases = list(`
  no; nope; nah; know; no way; hell no; never mind; no no; nuh uh; wrong; thats wrong; that is wrong; wrong person; the wrong person; incorrect; not right; thats not right; not correct; thats not correct; wrong number; not him; not her; not them; not that one; not that; not this one;
  thats not; that is not; thats not him; thats not her; thats not it; thats not the one; its not; its not him; its not her; it is not; it isnt; that isnt; i dont think so;
  none; none of them; none of those; none of these; none of the above; neither; nobody; not any of them; somebody else; someone else; another; another person; a different person; the other one; the other person;
  somebody different; not; not really; never; dont; do not; didnt; isnt; i dont want; i do not want; i didnt say; i did not say; i didnt ask for; i did not ask for; i didnt mean; not at all; no thanks; no thank you;
  non; nan; ben non; bah non; non non; non merci; pas lui; pas elle; pas celui la; pas celle la; pas ca; ce nest pas; ce nest pas ca; ce nest pas lui; ce nest pas elle; cest pas; cest pas ca; cest pas lui; cest pas elle; pas du tout; pas ca du tout; cest pas ca du tout; ce nest pas ca du tout; pas vraiment; mauvaise personne; la mauvaise personne; erreur; une erreur; faux;
  pas; jamais; je ne veux pas; je veux pas; je nai pas dit; jai pas dit; je nai pas demande; je ne pense pas; je pense pas; je ne crois pas; je crois pas; surtout pas;
  aucun; aucune; aucun des deux; aucune des deux; aucun dentre eux; ni lun ni lautre; personne; quelquun dautre; une autre personne; un autre; une autre; autre; lautre; autre personne
`);

/** A no anywhere in an answer; the other phrases may be a part of something else. */
export const negationWords = new Set('no nope nah not never dont didnt isnt non nan pas jamais'.split(' '));
/** After these words the caller says who is not meant: “not Robert”. */
export const refusalWords = new Set('not want say mean for pas veux dit demande'.split(' '));

/** Looks like a no, and is none. */
const falseNoPhrases = list(
  'no problem; no worries; no doubt; not bad; pas de probleme; pas de souci; sans doute; nest ce pas',
);

/** Said out of politeness, and around a yes, a no or the name. */
export const politePhrases = [
  ...falseNoPhrases,
  ...list(`
  i said; i meant; i mean; i want; i wanted; i asked for; im asking for; actually; its; it is; thats; that is; i need; we want; we need; sorry; thanks; thanks a lot; thank you; thank you very much; thank you so much; bye; goodbye; please;
  the; that; this; right; correct; person; name is; the name is; rather; but; instead; him; her; them; to him; to her; sir; madam; maam; mister; mr; mrs; ms; doctor; dr;
  jai dit; je disais; je veux; je voulais; je veux dire; je voulais dire; jai demande; je demande; en fait; plutot; cest; mais; que; merci; merci beaucoup; merci bien; desole; desolee; sil vous plait; le nom est;
  lui; elle; a lui; a elle; avec lui; avec elle; lui parler; monsieur; madame; je vous prie
`),
];

/** Said before the name or the thing that a caller asks for. */
export const requestPhrases = list(`
  can i have; can i speak to; can i talk to; could i speak to; could i talk to; may i speak to; i want; i need; give me; get me; speak to; talk to; i want to speak to; i want to talk to; i would like; i would like to speak to; id like; id like to speak to;
  connect me to; connect me with; put me through to; transfer me to;
  je veux; je voudrais; je veux parler a; je voudrais parler a; jaimerais parler a; passez moi; parler a; transferez moi a; mettez moi en communication avec
`);

/** Greetings at the beginning of an answer. */
export const greetingPhrases = list(`
  hi; hey; hello; hello there; hi there; good morning; good afternoon; good evening; um; uh; er; well; okay; ok; so; yes; yeah; ah;
  bonjour; bonsoir; allo; salut; euh; heu; alors; oui; bon
`);

/**
 * Said around the number of a choice, or before what distinguishes a person: “the one in sales”, “celui des ventes”.
 */
export const choiceFillerWords = new Set(
  `the number numero option choice choix press pick choose take ill would like i want id please from in at of with who works one le la les l celui celle ceux
  du de des d au aux dans avec qui travaille je veux prends prendrais voudrais pour faites svp sil vous plait ci team department dept equipe service departement person personne guy lady lequipe dequipe`
    .trim()
    .split(/\s+/),
);

const numbered = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .trim()
      .split(/;\s*/)
      .flatMap((words, at) => words.split(/\s+/).map((word) => [word, at + 1] as const)),
  );

/** One to nine as they are said, and as they are heard. */
export const cardinals = numbered(`
  1 one un une won; 2 two deux to too; 3 three trois tree; 4 four quatre for; 5 five cinq; 6 six; 7 seven sept cette;
  8 eight huit ate; 9 nine neuf
`);
/** First to ninth as they are said, and as they are heard. */
export const ordinals = numbered(`
  first 1st premier premiere 1er 1ere; second 2nd deuxieme seconde 2e; third 3rd troisieme 3e; fourth 4th quatrieme 4e; fifth 5th cinquieme 5e;
  sixth 6th sixieme 6e; seventh 7th septieme 7e; eighth 8th huitieme 8e; ninth 9th neuvieme 9e
`);
/** Words for the last of the choices. */
export const lastChoiceWords = new Set(['last', 'dernier', 'derniere']);

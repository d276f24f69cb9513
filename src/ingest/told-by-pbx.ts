/** The caller, as a phone system writes them into its mail; empty: it does not. */
export interface ToldCaller {
  /** As `readCallerId` takes it: a number, `"Ann Lee" <4165550123>`, a name. */
  readonly ani: string;
  readonly callerName: string;
}

/** Whether the caller marked the message as urgent, as Asterisk says it. */
export const isToldUrgent = ({ header }: Pick<MailTexts, 'header'>): boolean =>
  header('x-asterisk-vm-flag')?.trim().toLowerCase() === 'urgent';

/** The parts of a mail that may name the caller. */
interface MailTexts {
  readonly subject: string;
  readonly body: string;
  header(name: string): string | undefined;
}

/** The first lines of a body; a template has fewer. */
const mostBody = 4_000;
const longestCaller = 256;

/**
 * Find the caller in a mail of Asterisk, FreePBX and their relatives: their own headers first, then `From: VM_CALLERID`
 * on its own line, then `in mailbox 101 from VM_CALLERID, on …` and `… from VM_CALLERID` as their default bodies and
 * subjects write it. The length they write is not read, because it is measured from the audio; nor is the mailbox,
 * which the address names.
 */
export function callerToldIn(mail: MailTexts): ToldCaller {
  const headerOf = (...names: string[]) =>
    names.map((name) => mail.header(name)?.slice(0, longestCaller) ?? '').find((value) => value !== '') ?? '';
  const number = headerOf('x-asterisk-callerid', 'x-asterisk-vm-caller-id-num');
  const name = headerOf('x-asterisk-calleridname', 'x-asterisk-vm-caller-id-name');
  if (number !== '' || name !== '') return { ani: number, callerName: name };

  const body = mail.body.slice(0, mostBody);
  const written =
    onItsOwnLine.exec(body)?.[1] ?? inSentence.exec(body)?.[1] ?? fromIn(mail.subject.slice(0, 500)) ?? '';
  return { ani: written.replace(/\s+/g, ' ').trim(), callerName: '' };
}

/** `From:	"Ann Lee" <4165550123>`, and other labels of the same. */
const onItsOwnLine =
  /^[ \t]{0,20}(?:From|Caller(?: ?ID)?|De|Appelant)[ \t\u00a0]{0,4}:[ \t]{0,20}(\S[^\r\n]{0,255})$/im;
/** “… in mailbox 101 from "Ann Lee" <4165550123>, on Monday …”; the line may break between any two words. */
const inSentence = /\bin mailbox\s{1,20}\S{1,80}\s{1,20}from\s{1,20}([^\r\n]{1,256}?),?\s{1,20}on\s/i;

function fromIn(subject: string): string | undefined {
  const at = subject.toLowerCase().lastIndexOf(' from ');
  return at < 0 ? undefined : subject.slice(at + ' from '.length, at + longestCaller);
}

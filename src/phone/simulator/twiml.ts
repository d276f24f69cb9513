import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { truncate } from '../../core/text.js';

/** One verb or noun of a document, as the provider performs it. */
export interface TwimlVerb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly TwimlVerb[];
}

/** A document that the real provider would not perform; it ends the call with "an application error has occurred". */
export class TwimlRefused extends Error {
  constructor(why: string) {
    super(`the provider refuses the answer: ${why}`);
    this.name = 'Refused';
  }
}

const mostBytes = 64 * 1024;
const url = z.string().refine((text) => URL.canParse(text, 'http://relative.invalid'), 'is no address');
const method = z.enum(['GET', 'POST']);
const flag = z.enum(['true', 'false']);
const seconds = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const keys = z.string().regex(/^[\d*#]*$/);
const language = z.enum(['en-US', 'en-CA', 'en-GB', 'en-AU', 'fr-CA', 'fr-FR']);
const recordingEvents = z.string().regex(/^(in-progress|completed|absent)( (in-progress|completed|absent))*$/);
const hints = z.string().refine(fitsRecogniser, 'are more than 500, or one is longer than 100 characters');

function fitsRecogniser(text: string): boolean {
  const all = text.split(',');
  return all.length <= 500 && all.every((hint) => hint.trim().length <= 100);
}

interface Rule {
  /** All allowed attributes; any other is refused. */
  readonly attributes: Readonly<Record<string, z.ZodType>>;
  readonly within?: readonly string[];
  readonly text?: z.ZodType<string>;
}

/** How a ringing leg is reported. */
const told = {
  statusCallback: url,
  statusCallbackMethod: method,
  statusCallbackEvent: z
    .string()
    .regex(/^(initiated|ringing|answered|completed)( (initiated|ringing|answered|completed))*$/),
};

const spoken = z.string().trim().min(1, 'says nothing').max(4_096, 'is too long to be said');

/** The part of TwiML that we use: https://www.twilio.com/docs/voice/twiml */
const rules: Readonly<Record<string, Rule>> = {
  Say: { attributes: { language, voice: z.string(), loop: seconds(0, 1000) }, text: spoken },
  Play: { attributes: { loop: seconds(0, 1000), digits: z.string() }, text: url },
  Pause: { attributes: { length: seconds(1, 600) } },
  Gather: {
    attributes: {
      input: z.enum(['dtmf', 'speech', 'dtmf speech', 'speech dtmf']),
      action: url,
      method,
      timeout: seconds(1, 600),
      finishOnKey: keys,
      numDigits: seconds(1, 255),
      language,
      hints,
      speechTimeout: z.union([z.literal('auto'), seconds(1, 60)]),
      actionOnEmptyResult: flag,
      bargeIn: flag,
      profanityFilter: flag,
    },
    within: ['Say', 'Play', 'Pause'],
  },
  Dial: {
    attributes: {
      action: url,
      method,
      timeout: seconds(5, 600),
      answerOnBridge: flag,
      callerId: z.string().regex(/^\+[1-9]\d{7,14}$/, 'is no number'),
      timeLimit: seconds(1, 14400),
    },
    within: ['Number', 'Sip'],
    text: z.string(),
  },
  Number: { attributes: { url, method, ...told }, text: z.string().regex(/^\+?\d{3,15}$/, 'is no number') },
  Sip: {
    attributes: { url, method, ...told, username: z.string(), password: z.string() },
    text: z.string().regex(/^sips?:[^@\s]+@\S+$/, 'is no SIP address'),
  },
  Record: {
    attributes: {
      action: url,
      method,
      timeout: seconds(1, 600),
      finishOnKey: keys,
      maxLength: seconds(1, 14400),
      playBeep: flag,
      trim: z.enum(['trim-silence', 'do-not-trim']),
      recordingStatusCallback: url,
      recordingStatusCallbackMethod: method,
      recordingStatusCallbackEvent: recordingEvents,
    },
  },
  Redirect: { attributes: { method }, text: url },
  Hangup: { attributes: {} },
  Reject: { attributes: { reason: z.enum(['rejected', 'busy']) } },
};

const verbs = ['Say', 'Play', 'Pause', 'Gather', 'Dial', 'Record', 'Redirect', 'Hangup', 'Reject'];

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  htmlEntities: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/**
 * Parse a document into its verbs, in order. Throws `TwimlRefused` for anything that the real provider would not perform.
 */
export function readTwiml(body: string): readonly TwimlVerb[] {
  if (Buffer.byteLength(body) > mostBytes) throw new TwimlRefused('it is larger than 64 KB');
  const valid = XMLValidator.validate(body);
  if (valid !== true) throw new TwimlRefused(`it is no XML: ${valid.err.msg}`);

  const roots = elements(parser.parse(body)).filter(({ name }) => name !== '?xml');
  const [response, another] = roots;
  if (response?.name !== 'Response' || another) throw new TwimlRefused('its root is not one Response');
  for (const verb of response.children) check(verb, verbs, 'Response');
  return response.children;
}

function check(verb: TwimlVerb, allowed: readonly string[], parent: string): void {
  const rule = rules[verb.name];
  if (!rule || !allowed.includes(verb.name)) throw new TwimlRefused(`${verb.name} cannot stand in ${parent}`);
  for (const [name, value] of Object.entries(verb.attributes)) {
    const attribute = rule.attributes[name];
    if (!attribute) throw new TwimlRefused(`${verb.name} knows no ${name}`);
    const read = attribute.safeParse(value);
    if (!read.success)
      throw new TwimlRefused(`${name} of ${verb.name} ${read.error.issues[0]?.message}: ${truncate(value, 80)}`);
  }
  if (verb.children.length === 0 && rule.text) {
    const read = rule.text.safeParse(verb.text);
    if (!read.success) throw new TwimlRefused(`what ${verb.name} holds ${read.error.issues[0]?.message}`);
  } else if (verb.text !== '' && !rule.text) {
    throw new TwimlRefused(`${verb.name} holds no text`);
  }
  for (const child of verb.children) check(child, rule.within ?? [], verb.name);
}

/** The parser's ordered form: each node has one key, its name, and `:@` with its attributes. */
type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

const elements = (nodes: Node[]): TwimlVerb[] =>
  nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    const inside = node[name] as Node[];
    const text = inside.map((child) => String(child['#text'] ?? '')).join('');
    return [{ name, attributes: node[':@'] ?? {}, text: text.trim(), children: elements(inside) }];
  });

import { z } from 'zod';
import { callDispositions } from '../core/calls/calls.store.js';
import { dispositions, legOutcomes } from '../core/calls/decision.js';
import { deliveryOutcomes, sentKinds } from '../core/notices/delivery-attempt.store.js';
import { oneLine } from '../core/text.js';
import { isUsableInstant } from '../core/time/usable-instant.js';

/** An id. Ids are compared, so one that cleaning would change is refused. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'holds a control character')
    .refine((given) => given.isWellFormed(), 'holds half of a character');

/** Text for people, stored without invisible characters. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .overwrite((given) => oneLine(given, most));

const id = z.string();
const instant = z.iso
  .datetime({ offset: true })
  .max(40)
  .refine(
    (given) => Number.isNaN(Date.parse(given)) || isUsableInstant(new Date(given)),
    'must be in a year from 1970 to 2199',
  );
const nullable = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()]);

/** A mailbox, named in one of four ways. */
const Mailbox = z
  .union(
    [
      z.strictObject({ extension: text(20) }),
      z.strictObject({ did: text(40) }),
      z.strictObject({ email: text(254) }),
      z.strictObject({ userId: text(64) }),
    ],
    { error: 'must name exactly one of extension, did, email, userId' },
  )
  .meta({ id: 'Mailbox' });

export const VoicemailMetadata = z
  .object({
    sourceId: text(255).meta({ description: 'Your own id of the message: the same one again is the same message.' }),
    mailbox: Mailbox,
    ani: line(256).optional(),
    callerName: line(200).optional(),
    receivedAt: instant.optional(),
    callId: text(255).optional(),
    urgent: z
      .boolean()
      .optional()
      .meta({ description: 'The caller marked it as urgent; counts where the mailbox takes urgent messages.' }),
  })
  .meta({ id: 'VoicemailMetadata' });

export type VoicemailMetadata = z.infer<typeof VoicemailMetadata>;

export const ReceivedVoicemail = z.object({ id, durationSeconds: z.number() }).meta({ id: 'ReceivedVoicemail' });

/** An id in an address: of a call, an agent, a user. */
export const PathId = text(255);

export const Call = z
  .object({
    callId: text(255),
    ani: line(256).meta({
      description: 'Who calls: a number, an extension, a SIP address, `"Ann Lee" <1001>`; empty where it is withheld.',
    }),
    callerName: line(200).optional().meta({ description: 'The caller’s name, where the phone system knows it.' }),
    dnis: line(256).meta({ description: 'The number that was dialled.' }),
    digits: line(64).optional(),
    speech: z
      .union([line(1000), z.array(line(1000)).max(10)], {
        error: 'must be text of at most 1000 characters, or a list of at most 10 such texts',
      })
      .optional()
      .meta({ description: 'What the caller said; several transcripts, best first.' }),
    language: line(35).optional(),
    input: z.enum(['keys', 'keys-and-speech']).optional().meta({
      description: '`keys`: the caller cannot be heard, for the rest of the call; prompts then ask for keys alone.',
    }),
    answers: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The leg that asked, so that the same keys twice are two answers.' }),
  })
  .meta({ id: 'Call' });

const LegDisposition = z.enum(dispositions).meta({
  description:
    'Of a leg with the action `queue`: `answered` once the person took the call, `no-answer` when `maxSeconds` are over, `refused` when the caller would rather leave a message.',
});

export const Outcome = z.object({ leg: z.int().min(1), disposition: LegDisposition }).meta({ id: 'Outcome' });

export const CallEnd = z
  .object({
    disposition: LegDisposition.optional().meta({ description: 'What came of the phone that rang last.' }),
  })
  .meta({ id: 'CallEnd' });

/** To whose mailbox an agent sends the caller. */
export const Transfer = z.object({ mailbox: Mailbox }).meta({ id: 'Transfer' });

const DialTarget = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('agent'),
      agentId: z.string(),
      e164: z.string().optional().meta({ description: 'Where the company dials its agents by number.' }),
      confirm: z.boolean().optional(),
    }),
    z.object({ kind: z.literal('number'), e164: z.string(), confirm: z.boolean() }),
    z.object({ kind: z.literal('extension'), extension: z.string(), confirm: z.boolean() }),
  ])
  .meta({
    id: 'DialTarget',
    description:
      'What to ring. `confirm`: play the whisper to whoever picks up, and connect them only if they press 1.',
  });
const Greeting = z.enum(['out-of-office', 'after-hours', 'unavailable']);

const Spoken = z.object({ text: z.string(), language: z.enum(['en', 'fr']) }).meta({ id: 'Spoken' });
const rings = z.object({ displayName: z.string(), extension: nullable(z.string()) });

const decided = {
  callId: z.string(),
  leg: z.int(),
  language: z.enum(['en', 'fr']),
  prompt: z.string().optional(),
  because: z.array(z.string()),
};
export const Decision = z
  .discriminatedUnion('action', [
    z.object({
      ...decided,
      action: z.literal('dial'),
      target: DialTarget,
      ringSeconds: z.number(),
      rings: rings.optional().meta({ description: 'Whose phone rings; absent: a number that somebody named.' }),
      whisper: Spoken.optional().meta({ description: 'For whoever picks up in another’s place.' }),
    }),
    z.object({
      ...decided,
      action: z.literal('queue'),
      maxSeconds: z.number(),
      position: z.int().meta({ description: 'The caller’s place in line; 1 is the next.' }),
    }),
    z.object({
      ...decided,
      action: z.literal('voicemail'),
      mailboxUserId: id,
      greeting: Greeting,
      maxSeconds: z.number().meta({ description: 'The recording ends then.' }),
      silenceSeconds: z.number().meta({ description: 'So much silence ends the recording, as the pound key does.' }),
      urgentAllowed: z.boolean().meta({ description: 'May the caller mark the message as urgent?' }),
      closing: z
        .object({ recorded: z.string(), nothing: z.string() })
        .meta({ description: 'Say it after a message, or after silence.' }),
    }),
    z.object({
      ...decided,
      action: z.literal('ask'),
      input: z.enum(['keys', 'keys-and-speech']),
      timeoutSeconds: z.number().meta({
        description: 'How long the caller may think, and pause between keys; the pound key ends what is keyed.',
      }),
      languageOffer: Spoken.optional().meta({ description: 'Say it after the prompt.' }),
      choices: z.array(z.object({ digit: z.string(), label: z.string(), userId: id })).optional(),
      retries: z.int(),
    }),
    z.object({ ...decided, action: z.literal('announce') }),
    z.object({ ...decided, action: z.literal('hangup') }),
  ])
  .meta({ id: 'Decision' });

export const CallRecord = z
  .object({
    callId: z.string(),
    ani: z.string(),
    callerName: z.string(),
    dnis: z.string(),
    language: z.enum(['en', 'fr']),
    askedForUserId: nullable(id),
    answeredByUserId: nullable(id),
    disposition: z.enum(callDispositions),
    startedAt: instant,
    endedAt: nullable(instant),
    legs: z.array(
      z.object({
        leg: z.int(),
        at: instant,
        heard: z
          .object({ digits: z.string().optional(), speech: z.array(z.string()).optional() })
          .meta({ description: 'What the caller keyed or said that led to this leg.' }),
        decision: Decision,
        outcome: nullable(z.enum(legOutcomes)),
      }),
    ),
  })
  .meta({ id: 'CallRecord' });

export const CoverageQuery = z.object({
  at: instant.optional().meta({ description: 'The instant of the call; now where it is left out.' }),
});
export const Coverage = z
  .object({
    userId: id,
    displayName: z.string(),
    at: instant,
    path: z.array(
      z.discriminatedUnion('action', [
        z.object({ action: z.literal('dial'), userId: id.optional(), target: DialTarget, ringSeconds: z.number() }),
        z.object({ action: z.literal('queue'), userId: id, maxSeconds: z.number() }),
        z.object({ action: z.literal('voicemail'), mailboxUserId: id, greeting: Greeting }),
        z.object({ action: z.literal('missed') }),
        z.object({ action: z.literal('announce') }),
      ]),
    ),
    because: z.array(z.string()),
  })
  .meta({ id: 'Coverage' });

export const Presence = z
  .object({
    state: z.enum(['available', 'busy', 'signed-out']),
    at: instant.optional().meta({ description: 'Since when; older than the last known is ignored.' }),
  })
  .meta({ id: 'Presence' });

export const DirectoryQuery = z.object({
  q: text(200).meta({ description: 'A name or a part of it, letters, or a number, typed or as it was said.' }),
  kind: z.enum(['name', 'spell', 'extension', 'did']).default('name').meta({
    description:
      '`name`: any part in any order, forgiving. `spell`: letters, as “t r e m b l a y” or “B as in Bob”. `extension`, `did`: digits in any format, or in words, as “two oh one”.',
  }),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export const Directory = z
  .object({
    matches: z.array(
      z.object({
        userId: id,
        displayName: z.string(),
        extension: nullable(z.string()),
        did: nullable(z.string()),
        score: z.number().meta({ description: 'From 0 to 1; 1 is just so.' }),
      }),
    ),
  })
  .meta({
    id: 'Directory',
    description: 'Best first. Who is hidden from the directory, or has no access, is not found.',
  });

export const VoicemailsQuery = z.object({
  mailbox: text(254).optional().meta({ description: 'An extension, a DID, an e-mail address or a user id.' }),
  heard: z
    .enum(['true', 'false'])
    .transform((heard) => heard === 'true')
    .optional(),
  cursor: text(200).optional().meta({ description: '`next` of the page before.' }),
});
export const Voicemail = z
  .object({
    id,
    mailboxUserId: id,
    ani: z.string(),
    callerName: z.string(),
    callId: nullable(z.string()),
    receivedAt: instant,
    durationSeconds: z.number(),
    urgent: z.boolean().meta({ description: 'The caller marked it as urgent.' }),
    transcript: nullable(z.string()),
    heardAt: nullable(instant),
    handledAt: nullable(instant),
    forwardedByUserId: nullable(id),
    claimedByUserId: nullable(id).meta({ description: 'Who takes care of a message of a shared mailbox.' }),
    promisedAt: nullable(instant).meta({ description: 'By when they promised to call back.' }),
  })
  .meta({ id: 'Voicemail' });
export const Deliveries = z
  .object({
    deliveries: z.array(
      z.object({
        userId: id.meta({ description: 'Who was to be told.' }),
        platform: z.string(),
        address: z.string(),
        at: instant,
        sent: z.enum(sentKinds).meta({ description: 'A new card, or an update of one that is there.' }),
        outcome: z.enum(deliveryOutcomes).meta({
          description: '`delivered` only when the platform said so; `refused` for good; `failed` for now.',
        }),
        why: z.string().meta({ description: 'Why it was refused, or failed.' }),
      }),
    ),
  })
  .meta({ id: 'Deliveries' });
export const Voicemails = z
  .object({
    voicemails: z.array(Voicemail),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last.' }),
  })
  .meta({ id: 'Voicemails' });

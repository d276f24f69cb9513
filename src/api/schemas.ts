import { z } from 'zod';
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
    answers: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The leg that asked, so that the same keys twice are two answers.' }),
  })
  .meta({ id: 'Call' });

export const Outcome = z
  .object({
    leg: z.int().min(1),
    disposition: z.enum(['answered', 'busy', 'no-answer', 'refused', 'failed', 'signed-out']).meta({
      description:
        'Of a leg with the action `queue`: `answered` once the person took the call, `no-answer` when `maxSeconds` are over, `refused` when the caller would rather leave a message.',
    }),
  })
  .meta({ id: 'Outcome' });

/** To whose mailbox an agent sends the caller. */
export const Transfer = z.object({ mailbox: Mailbox }).meta({ id: 'Transfer' });

const DialTarget = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('agent'), agentId: z.string(), confirm: z.boolean().optional() }),
    z.object({ kind: z.literal('number'), e164: z.string(), confirm: z.boolean() }),
  ])
  .meta({ id: 'DialTarget' });
const Greeting = z.enum(['out-of-office', 'after-hours', 'unavailable']);

const decided = {
  callId: z.string(),
  leg: z.int(),
  language: z.enum(['en', 'fr']),
  prompt: z.string().optional(),
  because: z.array(z.string()),
};
export const Decision = z
  .discriminatedUnion('action', [
    z.object({ ...decided, action: z.literal('dial'), target: DialTarget, ringSeconds: z.number() }),
    z.object({
      ...decided,
      action: z.literal('queue'),
      maxSeconds: z.number(),
      position: z.int().meta({ description: 'The caller’s place in line; 1 is the next.' }),
    }),
    z.object({ ...decided, action: z.literal('voicemail'), mailboxUserId: id, greeting: Greeting }),
    z.object({
      ...decided,
      action: z.literal('ask'),
      choices: z.array(z.object({ digit: z.string(), label: z.string(), userId: id })).optional(),
      retries: z.int(),
    }),
    z.object({ ...decided, action: z.literal('announce') }),
    z.object({ ...decided, action: z.literal('hangup') }),
  ])
  .meta({ id: 'Decision' });

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
export const Voicemails = z
  .object({
    voicemails: z.array(
      z.object({
        id,
        mailboxUserId: id,
        ani: z.string(),
        callerName: z.string(),
        callId: nullable(z.string()),
        receivedAt: instant,
        durationSeconds: z.number(),
        transcript: nullable(z.string()),
        heardAt: nullable(instant),
        handledAt: nullable(instant),
        forwardedByUserId: nullable(id),
      }),
    ),
    next: z.string().optional().meta({ description: 'The cursor of the next page; absent on the last.' }),
  })
  .meta({ id: 'Voicemails' });

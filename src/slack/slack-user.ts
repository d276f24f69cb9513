import { z } from 'zod';
import type { ListedMember } from '../core/members/ports.js';
import { wellFormed } from '../core/text.js';

/** One malformed field must not hide the person. */
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

/** Ids are compared, never parsed. An id that the database cannot store is not from Slack. */
export const SlackId = z
  .string()
  .min(1)
  .refine((id) => wellFormed(id) === id);

/**
 * A person as lists, answers and events describe them, limited to the fields that are read here.
 * https://docs.slack.dev/reference/objects/user-object/
 */
export const SlackPerson = z.object({
  id: SlackId.max(100),
  team_id: text,
  name: text,
  real_name: text,
  deleted: flag,
  is_bot: flag,
  /** A guest of several channels; `is_ultra_restricted` is a guest of one. */
  is_restricted: flag,
  is_ultra_restricted: flag,
  /** The person was invited and has not joined yet. */
  is_invited_user: flag,
  /** Sent by Slack, but missing from its types: a person of another organisation, in a shared channel. */
  is_stranger: flag,
  is_email_confirmed: flag,
  enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  locale: text,
  tz: text,
  profile: z
    .object({
      real_name: text,
      first_name: text,
      last_name: text,
      title: text,
      email: text,
    })
    .nullish(),
});
export type SlackPerson = z.infer<typeof SlackPerson>;

/** Slackbot is not marked as a bot by Slack. */
export const slackbot = 'USLACKBOT';

/**
 * The e-mail address that the workspace has verified; undefined for a stranger (Slack Connect), whose own workspace
 * verified it.
 */
export const verifiedEmail = (person: SlackPerson, externalWorkspaceId: string): string | undefined =>
  isOfWorkspace(person, externalWorkspaceId) && person.is_email_confirmed
    ? (person.profile?.email ?? undefined)
    : undefined;

const isOfWorkspace = (person: SlackPerson, externalWorkspaceId: string): boolean =>
  !person.is_stranger &&
  (person.team_id === externalWorkspaceId || !!person.enterprise_user?.teams?.includes(externalWorkspaceId));

/** Map a person to a member of this workspace, or to a person there who is not a member. */
export function memberOf(person: SlackPerson, externalWorkspaceId: string): ListedMember {
  const isOutside =
    !isOfWorkspace(person, externalWorkspaceId) ||
    person.id === slackbot ||
    person.is_bot ||
    person.is_restricted ||
    person.is_ultra_restricted ||
    person.is_invited_user;
  const { profile } = person;
  return {
    accountId: person.id,
    is: isOutside ? 'outside' : person.deleted ? 'left' : 'member',
    displayName: profile?.real_name || person.real_name || person.name || undefined,
    firstName: profile?.first_name ?? undefined,
    lastName: profile?.last_name ?? undefined,
    title: profile?.title ?? undefined,
    email: verifiedEmail(person, externalWorkspaceId),
    locale: person.locale ?? undefined,
    timeZone: person.tz ?? undefined,
  };
}

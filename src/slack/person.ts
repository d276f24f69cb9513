import { z } from 'zod';
import type { ListedMember } from '../core/members/ports.js';
import { wellFormed } from '../core/text.js';

/** One odd field is no reason not to know the person. */
const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

/** Ids are compared, not read: one that the database would not take is none of Slack's. */
export const SlackId = z
  .string()
  .min(1)
  .refine((id) => wellFormed(id) === id);

/**
 * Somebody as Slack tells of them, in lists, answers and events alike, as far as it is read here.
 * https://docs.slack.dev/reference/objects/user-object/
 */
export const SlackPerson = z.object({
  id: SlackId.max(100),
  team_id: text,
  name: text,
  real_name: text,
  deleted: flag,
  is_bot: flag,
  /** A guest of several channels, of one. */
  is_restricted: flag,
  is_ultra_restricted: flag,
  /** Was asked, and has not come yet. */
  is_invited_user: flag,
  /** In Slack's answers, not yet in its types: from another organisation, in a shared channel. */
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

/** Slackbot says of itself that it is no bot. */
export const slackbot = 'USLACKBOT';

/** What the workspace vouches for. A stranger's e-mail (Slack Connect) is vouched for by somebody else. */
export const verifiedEmail = (person: SlackPerson, externalWorkspaceId: string): string | undefined =>
  isOurs(person, externalWorkspaceId) && person.is_email_confirmed ? (person.profile?.email ?? undefined) : undefined;

const isOurs = (person: SlackPerson, externalWorkspaceId: string): boolean =>
  !person.is_stranger &&
  (person.team_id === externalWorkspaceId || !!person.enterprise_user?.teams?.includes(externalWorkspaceId));

/** Somebody as a member of this workspace, or as somebody in it who is none. */
export function memberOf(person: SlackPerson, externalWorkspaceId: string): ListedMember {
  const isOutside =
    !isOurs(person, externalWorkspaceId) ||
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

import { z } from 'zod';
import { SlackId, SlackPerson } from './slack-user.js';

/** The schemas of Slack's payloads, limited to the fields that are read here; other fields pass unchecked. */

const id = SlackId.max(1_000);

/** A slash command. https://docs.slack.dev/interactivity/implementing-slash-commands/ */
export const SlashCommand = z.object({
  command: id,
  text: z.string().default(''),
  team_id: id,
  user_id: id,
  user_name: z.string().optional(),
  trigger_id: id,
  response_url: z.url(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

const User = z.object({
  id,
  /** The id of the person's workspace; `team` is null where the app is installed for a whole organisation. */
  team_id: id.optional(),
  name: z.string().optional(),
  username: z.string().optional(),
});
const Interaction = z.object({ user: User, team: z.object({ id }).nullish() });

const SlackFile = z.object({
  name: z.string().default(''),
  size: z.number().default(0),
  url_private_download: z.url().optional(),
});
export type SlackFile = z.infer<typeof SlackFile>;

const Chosen = z.object({ value: z.string(), text: z.object({ text: z.string() }).optional() });

/** One field's state; the kind of element decides which properties are present. */
const FieldState = z.object({
  type: z.string().optional(),
  value: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).optional(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  files: z.array(SlackFile).optional(),
});
export type FieldState = z.infer<typeof FieldState>;

const States = z.object({ values: z.record(z.string(), z.record(z.string(), FieldState)) });

const View = z.object({
  id,
  type: z.enum(['modal', 'home']),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  title: z.object({ text: z.string() }).nullish(),
  blocks: z.unknown().optional(),
  state: States.nullish(),
  /** The view below it, where the view was pushed on another. */
  previous_view_id: id.nullish(),
});

/** A button in a message, a modal or the app's home. */
export const BlockActions = Interaction.extend({
  type: z.literal('block_actions'),
  trigger_id: id,
  response_url: z.url().optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      channel_id: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  message: z.object({ blocks: z.unknown().optional() }).nullish(),
  view: View.optional(),
  /** The fields of a message; those of a view are in the view. */
  state: States.nullish(),
  actions: z
    .array(
      z.object({
        type: z.string(),
        action_id: id,
        action_ts: z.string().default(''),
        value: z.string().optional(),
        text: z.object({ text: z.string() }).nullish(),
        /** The address of a button that opens a page. */
        url: z.string().nullish(),
      }),
    )
    .min(1),
});
export type BlockActions = z.infer<typeof BlockActions>;

/** The submission of a modal. */
export const ViewSubmission = Interaction.extend({ type: z.literal('view_submission'), view: View });
export type ViewSubmission = z.infer<typeof ViewSubmission>;

/**
 * Other interactions: shortcuts, and what apps had before Block Kit. Our manifest declares none, but an older
 * installation or another app's manifest may send them.
 */
export const OtherInteraction = Interaction.extend({
  type: z.enum(['shortcut', 'message_action', 'interactive_message', 'dialog_submission']),
  callback_id: z.string().default(''),
  trigger_id: z.string().optional(),
  action_ts: z.string().optional(),
  response_url: z.url().optional(),
});

/** A person is typing in an `external_select`. */
export const BlockSuggestion = Interaction.extend({
  type: z.literal('block_suggestion'),
  value: z.string().default(''),
  action_id: z.string().default(''),
  action_ts: z.string().optional(),
});
export type BlockSuggestion = z.infer<typeof BlockSuggestion>;

/** An event, of the kinds that the manifest subscribes to. */
export const EventCallback = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  authorizations: z.array(z.object({ user_id: z.string().nullish() })).optional(),
  /** When it happened, in seconds; a repetition has the same. */
  event_time: z.number().int().min(0).max(9_999_999_999).nullish(),
  event: z.object({
    type: id,
    subtype: z.string().optional(),
    /** The whole profile where the event is about a person, else the person's id. */
    user: z.union([SlackId, SlackPerson]).optional(),
    bot_id: z.string().nullish(),
    /** An app wrote the message, perhaps under a person's name. */
    app_id: z.string().nullish(),
    channel: z.string().optional(),
    channel_type: z.string().optional(),
    text: z.string().optional(),
    ts: z.string().optional(),
    event_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    tab: z.string().optional(),
    /** The home as it was last published; absent before the first time. */
    view: z.object({ id: z.string().optional() }).nullish(),
    /** The people and bots whose tokens were revoked. */
    tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish(),
  }),
});
export type EventCallback = z.infer<typeof EventCallback>;

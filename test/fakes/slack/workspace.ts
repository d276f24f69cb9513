import { EventEmitter } from 'node:events';
import { further } from './limits.js';

/** The state of a local Slack: people, messages, windows, files, and every call of its API. */

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  email?: string;
  isEmailConfirmed?: boolean;
  isBot?: boolean;
  deleted?: boolean;
  /** From another organisation, in a shared channel. */
  isStranger?: boolean;
  isGuest?: boolean;
  isInvited?: boolean;
  title?: string;
  firstName?: string;
  lastName?: string;
  locale?: string;
  tz?: string;
}

export type Blocks = readonly Record<string, unknown>[];

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: Blocks;
  readonly threadTs?: string;
  /** Visible to this person only. */
  readonly ephemeralTo?: string;
  readonly files: string[];
  /** Invisible data of an app; an update without metadata keeps it. */
  metadata?: MessageMetadata;
  edits: number;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface SlackView {
  readonly id: string;
  readonly user: string;
  hash: string;
  content: Record<string, unknown> & { blocks: Blocks };
  /** The current values of the fields, by block id; Slack keeps them when the same fields come again. */
  typed: Record<string, Record<string, unknown>>;
  /** The problems shown at fields. */
  errors: Record<string, string>;
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  content?: Buffer;
  /** The channel where it was shared. */
  channel?: string;
  threadTs?: string;
}

interface Trigger {
  readonly user: string;
  readonly at: number;
  readonly fromView?: string;
  used: boolean;
}

interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  readonly message?: SlackMessage;
  uses: number;
}

export class Workspace extends EventEmitter {
  readonly users = new Map<string, SlackUser>();
  readonly messages: SlackMessage[] = [];
  /** The open windows of each person, the topmost last. */
  readonly stacks = new Map<string, SlackView[]>();
  readonly homes = new Map<string, SlackView>();
  readonly files = new Map<string, SlackFile>();
  readonly calls: { method: string; args: Record<string, unknown> }[] = [];
  /** The scopes granted to the app; the real Slack returns them in a header. */
  readonly scopes = new Set([
    'commands',
    'chat:write',
    'im:write',
    'im:history',
    'app_mentions:read',
    'users:read',
    'users:read.email',
    'files:write',
  ]);
  readonly botUserId = 'UBOT';
  readonly botId = 'BATTENDANT';
  /** The channels that the app has joined, in addition to its direct messages. */
  readonly channels = new Set<string>(['C0GENERAL']);
  private readonly triggers = new Map<string, Trigger>();
  private readonly responseUrls = new Map<string, ResponseUrl>();
  private readonly publishedOnce = new Set<string>();
  private counter = 0;
  private shift = 0;

  constructor(readonly teamId: string) {
    super();
    this.setMaxListeners(0);
  }

  /** Let time pass, for triggers and response_urls. */
  forward(seconds: number): void {
    this.shift += seconds * 1000;
  }

  now(): number {
    return Date.now() + this.shift;
  }

  fresh(prefix: string): string {
    this.counter += 1;
    return `${prefix}${String(this.counter).padStart(6, '0')}`;
  }

  ts(): string {
    this.counter += 1;
    return `${Math.floor(this.now() / 1000)}.${String(this.counter).padStart(6, '0')}`;
  }

  addUser(user: Omit<SlackUser, 'name' | 'realName'> & { realName?: string }): SlackUser {
    const full = { isEmailConfirmed: true, ...user, name: user.id.toLowerCase(), realName: user.realName ?? user.id };
    this.users.set(full.id, full);
    return full;
  }

  changed(): void {
    this.emit('changed');
  }

  /** The direct messages of a person and the app. */
  directOf = (user: string): string => `D-${user}`;

  /** Resolve a channel as `chat.*` does: a person's id means the direct messages with them. */
  channelOf(id: string): string | undefined {
    const user = this.users.get(id) ?? this.users.get(id.replace(/^D-/, ''));
    if (user) return this.directOf(user.id);
    return this.channels.has(id) ? id : undefined;
  }

  post(message: Omit<SlackMessage, 'ts' | 'edits' | 'files'> & { files?: string[] }): SlackMessage {
    const posted = { files: [], ...message, ts: this.ts(), edits: 0 };
    this.messages.push(posted);
    this.changed();
    return posted;
  }

  trigger(user: string, fromView?: string): string {
    const id = this.fresh('trigger.');
    this.triggers.set(id, { user, at: this.now(), used: false, ...(fromView ? { fromView } : {}) });
    return id;
  }

  /** Use a trigger up; a string is Slack's error. */
  pull(id: unknown): Trigger | string {
    const trigger = this.triggers.get(String(id));
    if (!trigger) return 'invalid_trigger_id';
    if (this.now() - trigger.at > further.trigger_seconds * 1000) return 'expired_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    trigger.used = true;
    return trigger;
  }

  responseUrl(user: string, channel: string, message?: SlackMessage): string {
    const id = this.fresh('R');
    this.responseUrls.set(id, { user, channel, at: this.now(), uses: 0, ...(message ? { message } : {}) });
    return id;
  }

  /** Use a response_url once; a string is Slack's error. */
  use(id: string): ResponseUrl | string {
    const target = this.responseUrls.get(id);
    if (!target) return 'no_such_url';
    if (this.now() - target.at > further.response_url.minutes * 60_000) return 'expired_url';
    target.uses += 1;
    return target.uses > further.response_url.uses ? 'used_url' : target;
  }

  newView(user: string, content: SlackView['content']): SlackView {
    return { id: this.fresh('V'), user, hash: this.fresh('hash.'), content, typed: {}, errors: {} };
  }

  show(view: SlackView, content: SlackView['content']): void {
    view.content = content;
    view.hash = this.fresh('hash.');
    view.errors = {};
    this.changed();
  }

  stackOf(user: string): SlackView[] {
    const stack = this.stacks.get(user) ?? [];
    this.stacks.set(user, stack);
    return stack;
  }

  viewById(id: unknown): SlackView | undefined {
    return [...[...this.stacks.values()].flat(), ...this.homes.values()].find((view) => view.id === id);
  }

  /** True at the first call only: Slack omits `view` from `app_home_opened` until one was published. */
  wasPublished(user: string): boolean {
    const before = this.publishedOnce.has(user);
    if (this.homes.has(user)) this.publishedOnce.add(user);
    return before || this.homes.has(user);
  }

  /** Resolve to the value of `look` as soon as there is one. */
  async until<Value>(look: () => Value | undefined | false, milliseconds = 5_000): Promise<Value> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const value = look();
      if (value !== undefined && value !== false) return value;
      if (Date.now() > deadline) throw new Error(`not seen in Slack: ${look.toString()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.once('changed', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}

import type { TeamsBotCredentials } from './teams-bot.types.js';

/** What Microsoft's login answered to a bot's credentials. */
export type LoginAnswer =
  | { readonly kind: 'accepted' }
  /** `secret`: the app exists and its secret is wrong or expired; `app`: there is no such app in this Entra tenant. */
  | { readonly kind: 'refused'; readonly why: 'secret' | 'app' }
  | { readonly kind: 'unreachable' };

/** Microsoft's login (another machine, hence an interface). */
export interface TeamsLogin {
  /** The app of the environment’s bot, in lower case, which no company may enter; undefined: there is none. */
  readonly ownAppId: string | undefined;
  /** Log in as the bot in its Entra tenant. Never rejects because of Microsoft. */
  tryCredentials(bot: TeamsBotCredentials): Promise<LoginAnswer>;
}

declare module '../deps.js' {
  interface Deps {
    /** Absent while Teams is off here, or runs without credentials. */
    readonly teamsLogin: TeamsLogin | undefined;
  }
}

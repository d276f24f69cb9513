/** The HTTP status and Teams' own error code of a refusal, if known. */
export interface ConnectorFailure {
  readonly status: number | undefined;
  readonly code: string;
}

/** Read botbuilder's errors, which hold the response in several forms. */
export function failureOf(error: unknown): ConnectorFailure {
  const { statusCode, code, body, details, message } = (error ?? {}) as {
    statusCode?: number;
    code?: string;
    body?: { error?: { code?: string }; code?: string };
    details?: { error?: { code?: string } };
    message?: string;
  };
  return { status: statusCode, code: body?.error?.code ?? body?.code ?? details?.error?.code ?? code ?? message ?? '' };
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
const refusals =
  /BotNotInConversationRoster|ConversationBlockedByUser|BotDisabledByAdmin|UserNotFound|ForbiddenOperation/;

/** Whether Teams will not let us write to this person until something changes. */
export const isRefusal = ({ status, code }: ConnectorFailure): boolean => refusals.test(code) || status === 403;

/** Whether Teams has lost the message, or never had it. */
export const isLost = ({ status, code }: ConnectorFailure): boolean => /ActivityNotFound/.test(code) || status === 404;

/** Whether Teams may have accepted the message, though there was no answer, or only a gateway's. */
export const mayHaveWorked = ({ status, code }: ConnectorFailure): boolean =>
  status === undefined
    ? !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(code)
    : status === 500 || status === 502 || status === 504;

/** Whether a retry may succeed soon. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export const isTransient = ({ status }: ConnectorFailure): boolean =>
  status === 429 || status === 412 || status === 502 || status === 504;

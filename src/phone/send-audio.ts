import type { RequestHandler } from 'express';
import { isCallOpen } from '../core/calls/phone-settings.js';
import type { Deps } from '../core/deps.js';
import { isUnavailable } from '../core/errors.js';
import { RecordingMissing } from '../core/recordings/ports.js';
import { depsForRequest } from '../core/request-deps.js';
import { greetingByToken } from '../core/voicemail/greetings/played-greeting.js';
import { AudioLate, type PlayableAudio } from '../core/voicemail/ports.js';
import { requestIdOf } from '../request-id.js';

/** Finds the audio of a token; undefined: the token opens nothing, or not any more. */
type FindAudio = (deps: Deps, token: string) => Promise<PlayableAudio | undefined>;

/**
 * Send audio to the voice provider, which fetches it while the caller waits. It is nobody else's, so no cache keeps it;
 * addresses that ask for what is not there are rate limited (`slow`).
 */
export const sendAudio =
  (attendant: Deps, find: FindAudio, slow: RequestHandler): RequestHandler =>
  async (request, response, proceed) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      const audio = await find(deps, String(request.params.token));
      if (audio) return void response.set('Cache-Control', 'no-store').type(audio.mimeType).send(audio.content);
      return void slow(request, response, (error) =>
        error ? proceed(error) : response.status(404).type('text/plain').send('There is nothing to play here.'),
      );
    } catch (error) {
      deps.log.error({ error }, 'audio of a call not sent');
      const isLater = isUnavailable(error) || error instanceof AudioLate;
      const status = error instanceof RecordingMissing ? 404 : isLater ? 503 : 500;
      response.status(status).type('text/plain').send('This cannot be played.');
    }
  };

/** Find a recorded greeting, while the call that hears it goes on. */
export async function greetingOfCall(deps: Deps, token: string): Promise<PlayableAudio | undefined> {
  const found = await greetingByToken(deps, token);
  if (!found || !(await isCallOpen(deps, found.call.tenantId, found.call.callId))) return undefined;
  return found.audio;
}

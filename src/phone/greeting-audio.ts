import type { RequestHandler } from 'express';
import type { Deps } from '../core/deps.js';
import { isUnavailable } from '../core/errors.js';
import { RecordingMissing } from '../core/recordings/ports.js';
import { depsForRequest } from '../core/request-deps.js';
import { greetingByToken } from '../core/voicemail/greetings/played-greeting.js';
import { AudioLate } from '../core/voicemail/ports.js';
import { requestIdOf } from '../request-id.js';

/** A new recording has a new address, so providers may keep what they fetched. */
const keptSeconds = 3600;

/** Send a recorded greeting to the voice provider, which fetches it while the caller waits. */
export const sendGreeting =
  (attendant: Deps): RequestHandler =>
  async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      const audio = await greetingByToken(deps, String(request.params.token));
      if (!audio) return void response.status(404).type('text/plain').send('There is no such greeting.');
      response.set('Cache-Control', `private, max-age=${keptSeconds}`).type(audio.mimeType).send(audio.content);
    } catch (error) {
      deps.log.error({ error }, 'greeting not sent');
      const isLater = isUnavailable(error) || error instanceof AudioLate;
      const status = error instanceof RecordingMissing ? 404 : isLater ? 503 : 500;
      response.status(status).type('text/plain').send('The greeting cannot be played.');
    }
  };

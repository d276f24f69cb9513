import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { playback } from '../core/calls/message-review/playback.js';
import type { Deps } from '../core/deps.js';
import { depsForRequest } from '../core/request-deps.js';
import { requestIdOf } from '../request-id.js';

/** Send a recording back to the provider that made it, so that its speaker hears it. */
export const sendRecordingBack =
  (attendant: Deps): RequestHandler =>
  async (request, response) => {
    const deps = depsForRequest(attendant, requestIdOf(response));
    try {
      const audio = await playback(deps, String(request.params.token));
      if (!audio) return void response.status(404).type('text/plain').send('There is no such recording.');
      response.set('Cache-Control', 'no-store').type('audio/wav');
      await pipeline(audio, response);
    } catch (error) {
      deps.log.warn({ error }, 'recording not played back');
      if (response.headersSent) response.destroy();
      else response.status(503).type('text/plain').send('The recording cannot be played yet.');
    }
  };

import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { wordsIn } from '../../core/chat/words.js';
import { UserError } from '../../core/errors.js';
import type { VoiceConfig } from '../../env.js';
import type { SimulatedCall, SimulatedPhone } from './call.types.js';

const Start = z.object({ from: z.string(), to: z.string(), name: z.string().optional() });
const Press = z.object({ keys: z.string() });
const Speak = z.object({ text: z.string() });
const Decide = z.object({ outcome: z.enum(['answer', 'no-key', 'busy', 'no-answer', 'refuse']) });

/** The simulated phone over HTTP, for another process (`attendant call`). */
export function controlRouter(phone: SimulatedPhone): Router {
  const router = Router();
  router.use(express.json(), express.raw({ type: 'audio/*', limit: '50mb' }));
  router.post(
    '/calls',
    step((request) => phone.start(Start.parse(request.body))),
  );
  router.post(
    '/calls/:id/press',
    step((request) => phone.press(idOf(request), Press.parse(request.body).keys)),
  );
  router.post(
    '/calls/:id/speak',
    step((request) => phone.speak(idOf(request), Speak.parse(request.body).text)),
  );
  router.post(
    '/calls/:id/talk',
    step((request) => phone.talk(idOf(request))),
  );
  router.post(
    '/calls/:id/decide',
    step((request) => phone.decide(idOf(request), Decide.parse(request.body).outcome)),
  );
  router.post(
    '/calls/:id/leave',
    step((request) => phone.leave(idOf(request), request.body as Buffer, endOf(request))),
  );
  router.post(
    '/calls/:id/hang-up',
    step((request) => phone.hangUp(idOf(request))),
  );
  router.get('/ringing', async (_request, response) => void response.json(await phone.ringing()));
  router.get(
    '/calls/:id',
    step((request) => phone.find(idOf(request))),
  );
  return router;
}

const step =
  (take: (request: Request) => Promise<SimulatedCall | undefined>): RequestHandler =>
  async (request, response) => {
    try {
      const call = await take(request);
      if (call) response.json(call);
      else response.status(404).json({ refused: wordsIn('en').calls.callIsOver });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      response.status(error.status).json({ refused: error.say(wordsIn('en')) });
    }
  };

const idOf = (request: Request): string => String(request.params.id);
const endOf = (request: Request): 'key' | 'hang-up' => (request.query.end === 'key' ? 'key' : 'hang-up');

/** The simulated phone of a provider in another process. Refusals are UserErrors, as from the phone itself. */
export function remotePhone(voice: VoiceConfig): SimulatedPhone {
  const authorization = `Basic ${Buffer.from(`${voice.accountSid}:${voice.authToken}`).toString('base64')}`;

  async function ask(path: string, body?: object | Buffer): Promise<SimulatedCall> {
    const isAudio = Buffer.isBuffer(body);
    const response = await fetch(`${voice.apiUrl}/simulator${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, ...(body ? { 'content-type': isAudio ? 'audio/wav' : 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: isAudio ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as SimulatedCall & { refused?: string };
    const { refused } = answer;
    if (refused !== undefined) throw new UserError(() => refused);
    return answer;
  }

  return {
    start: (call) => ask('/calls', call),
    press: (id, keys) => ask(`/calls/${id}/press`, { keys }),
    speak: (id, text) => ask(`/calls/${id}/speak`, { text }),
    talk: (id) => ask(`/calls/${id}/talk`, {}),
    decide: (id, outcome) => ask(`/calls/${id}/decide`, { outcome }),
    leave: (id, audio, end = 'hang-up') => ask(`/calls/${id}/leave?end=${end}`, audio),
    hangUp: (id) => ask(`/calls/${id}/hang-up`, {}),
    async ringing() {
      const response = await fetch(`${voice.apiUrl}/simulator/ringing`, { headers: { authorization } });
      return (await response.json()) as SimulatedCall[];
    },
    find: (id) => ask(`/calls/${id}`).catch(() => undefined),
  };
}

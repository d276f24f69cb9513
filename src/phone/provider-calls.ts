import { z } from 'zod';
import type { CallFailure, PlacedCall, ProviderCalls } from '../core/calls/outgoing/ports.js';
import type { VoiceConfig } from '../env.js';
import { address } from './post-context.js';
import { accountAddress, credentialsOf, isTelnyx } from './provider-address.js';

/** A provider answers at once; its queue counts as an answer. */
const longestMilliseconds = 10_000;

/** https://www.twilio.com/docs/voice/api/call-resource; SignalWire and Telnyx answer in the same form. */
const Placed = z.object({ sid: z.string().min(1).max(128) });
const Refused = z.object({ code: z.coerce.number().optional().catch(undefined) });

/**
 * Create the calls of the account that `voiceNow` returns, called at each use; undefined: there is no account at the
 * moment. `publicUrl`: where the provider asks us.
 */
export function providerCalls(voiceNow: () => Promise<VoiceConfig | undefined>, publicUrl: string): ProviderCalls {
  async function post(path: string, fields: readonly (readonly [string, string])[]): Promise<Response> {
    const voice = await voiceNow();
    if (!voice) throw new Error('there is no voice provider');
    // Telnyx has no such ending; the others answer in XML without it.
    const ending = isTelnyx(voice) ? '' : '.json';
    return fetch(new URL(`${path}${ending}`, accountAddress(voice)), {
      method: 'POST',
      headers: { authorization: credentialsOf(voice) },
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
      // Our credentials are for this address alone.
      redirect: 'error',
      signal: AbortSignal.timeout(longestMilliseconds),
    });
  }

  return {
    async place({ tenantId, outgoingId, to, from, ringSeconds }) {
      const place = { tenant: tenantId, outgoing: outgoingId };
      const response = await post('Calls', [
        ['To', to],
        ['From', from],
        ['Timeout', String(ringSeconds)],
        ['Url', address(publicUrl, '/voice/outgoing', place)],
        ['Method', 'POST'],
        ['StatusCallback', address(publicUrl, '/voice/outgoing/status', place)],
        ['StatusCallbackMethod', 'POST'],
        ...(['initiated', 'ringing', 'answered', 'completed'] as const).map(
          (event) => ['StatusCallbackEvent', event] as const,
        ),
      ]);
      return placedCall(response);
    },
    async redirect({ tenantId, callId, leg }) {
      const response = await post(`Calls/${encodeURIComponent(callId)}`, [
        ['Url', address(publicUrl, '/voice/resume', { tenant: tenantId, call: callId, leg })],
        ['Method', 'POST'],
      ]);
      if (response.ok) {
        await response.body?.cancel();
        return 'redirected';
      }
      const { code } = Refused.safeParse(await response.json().catch(() => undefined)).data ?? {};
      if (response.status === 404 || code === notInProgress) return 'over';
      throw new Error(`the provider answered ${response.status}`);
    },
  };
}

async function placedCall(response: Response): Promise<PlacedCall> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 429) return { kind: 'later' };
  if (response.ok) {
    const { sid } = Placed.parse(body);
    return { kind: 'placed', callId: sid };
  }
  // The provider broke down, before or after the phone rang.
  if (response.status >= 500) throw new Error(`the provider answered ${response.status}`);
  if ([401, 403, 404].includes(response.status)) return { kind: 'refused', failure: 'account' };
  const code = Refused.safeParse(body).data?.code;
  return { kind: 'refused', failure: (code !== undefined && failureOfCode[code]) || 'provider' };
}

/** https://www.twilio.com/docs/api/errors/21220 */
const notInProgress = 21220;

/** https://www.twilio.com/docs/api/errors */
const failureOfCode: Readonly<Record<number, CallFailure>> = {
  10001: 'account',
  10004: 'account',
  20003: 'account',
  21210: 'caller-id',
  21212: 'caller-id',
  21213: 'caller-id',
  13223: 'bad-number',
  13224: 'bad-number',
  21211: 'bad-number',
  21214: 'bad-number',
  21215: 'bad-number',
  21216: 'bad-number',
  21217: 'bad-number',
  21219: 'bad-number',
};

/**
 * 1,000 calls at once through the TwiML front of one installation, each from the greeting to a message that is reviewed and
 * sent: `npm run build && npx tsx bench/phone-calls.ts [calls]`. Prints one JSON line; exits with 1 if a caller heard an
 * apology, a post failed, or a message is missing or double.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { Agent } from 'undici';
import { steadyTone } from '../src/phone/simulator/spoken-audio.js';
import { startInstallation } from './installation.js';

const calls = Number(process.argv[2] ?? 1_000);
const longestWaitSeconds = 300;
const accountSid = `AC${randomBytes(16).toString('hex')}`;
const authToken = randomBytes(16).toString('hex');
const apiKey = randomBytes(24).toString('hex');
/** The provider has one line for each call. */
const dispatcher = new Agent({ connections: calls });

const message = steadyTone(4);
const storage = createServer((_request, response) => response.setHeader('content-type', 'audio/wav').end(message));
storage.listen(0, '127.0.0.1');
await new Promise((resolve) => storage.once('listening', resolve));
const apiUrl = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;

const installation = await startInstallation({
  VOICE_ACCOUNT_SID: accountSid,
  VOICE_AUTH_TOKEN: authToken,
  VOICE_API_URL: apiUrl,
  ATTENDANT_API_KEY: apiKey,
});
const problems: string[] = [];
const took: number[] = [];

/** Post as the provider does; resolves to the answer and where it leads. */
async function post(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const since = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': webhooks.getExpectedTwilioSignature(authToken, url, { ...fields }) },
    body: new URLSearchParams(fields),
    dispatcher,
  } as RequestInit);
  const answer = await response.text();
  took.push(performance.now() - since);
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  if (answer.includes('We are sorry')) throw new Error(`${new URL(url).pathname} apologised`);
  return answer;
}

/** The address of the first verb of this name. */
function actionOf(answer: string, verb: string): string {
  const action = new RegExp(`<${verb}[^>]* action="([^"]*)"`).exec(answer)?.[1];
  if (action === undefined) throw new Error(`no ${verb} in ${answer.slice(0, 300)}`);
  return action.replaceAll('&amp;', '&');
}

async function oneCall(number: number): Promise<void> {
  const sid = `CA${randomBytes(16).toString('hex')}`;
  const call = {
    CallSid: sid,
    AccountSid: accountSid,
    From: `+1416555${String(number % 10_000).padStart(4, '0')}`,
    To: main,
  };
  const recording = `RE${randomBytes(16).toString('hex')}`;
  const welcome = await post(`${installation.url}/voice/incoming`, { ...call, CallStatus: 'ringing' });
  let answer = await post(actionOf(welcome, 'Gather'), { ...call, Digits: extension });
  for (let legs = 0; answer.includes('<Dial') && legs < 5; legs += 1)
    answer = await post(actionOf(answer, 'Dial'), { ...call, DialCallStatus: 'no-answer' });
  const told = {
    ...{ RecordingSid: recording, RecordingDuration: '4' },
    RecordingUrl: `${apiUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recording}`,
  };
  const review = await post(actionOf(answer, 'Record'), { ...call, ...told, Digits: '#' });
  const thanks = await post(actionOf(review, 'Gather'), { ...call, Digits: '1' });
  if (!thanks.includes('your message was taken')) throw new Error(`no thanks in ${thanks.slice(0, 300)}`);
  await post(`${installation.url}/voice/status`, { ...call, CallStatus: 'completed' });
}

async function arrivedMessages(): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const url = `${installation.url}/api/v1/voicemails${cursor === undefined ? '' : `?cursor=${cursor}`}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
    const page = (await response.json()) as { voicemails: { callId: string | null }[]; next?: string };
    count += page.voicemails.filter(({ callId }) => callId?.startsWith('CA')).length;
    cursor = page.next;
  } while (cursor !== undefined);
  return count;
}

const [main, extension] = [process.env.BENCH_MAIN ?? '+14165550198', process.env.BENCH_EXTENSION ?? '102'];
await oneCall(0);
const before = took.splice(0).length;
const since = performance.now();
await Promise.all(
  Array.from({ length: calls }, (_, number) =>
    oneCall(number).catch(
      (error: unknown) => void problems.push(error instanceof Error ? error.message : String(error)),
    ),
  ),
);
const seconds = (performance.now() - since) / 1_000;
let arrived = 0;
const until = performance.now() + longestWaitSeconds * 1_000;
while (arrived < calls + 1 && performance.now() < until) {
  await pause(1_000);
  arrived = await arrivedMessages();
}
const allArrived = (performance.now() - since) / 1_000;
took.sort((a, b) => a - b);
const at = (part: number) => Math.round(took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0);
console.log(
  JSON.stringify({
    ...{ bench: 'phone-calls', calls, posts: took.length, postsBefore: before, stumbled: problems.length },
    ...{ seconds: Math.round(seconds), p50: at(0.5), p99: at(0.99), longest: at(1) },
    ...{ arrived: arrived - 1, arrivedAfterSeconds: Math.round(allArrived) },
  }),
);
for (const problem of new Set(problems)) console.error(problem);
await installation.stop();
storage.close();
process.exit(problems.length > 0 || arrived !== calls + 1 ? 1 : 0);

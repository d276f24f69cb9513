import type { NumberToDial } from '../../core/calls/phone-settings.js';
import type { Locale } from '../../core/chat/phrasing.js';
import { formatNumber } from '../../core/phone-number.js';
import { oneLine } from '../../core/text.js';
import { CallTranscript } from '../components/call-transcript.js';
import { Icon } from '../components/icons.js';
import { Recorder, recorderForm } from '../components/recorder.js';
import { bodyOf } from '../http/request-body.js';
import { NotFound, type PageRequest, type PostOptions, type Routes } from '../http/route-helpers.js';
import type { LegOutcome, SimulatedCall, SimulatedPhone } from '../simulated-phone.port.js';
import { type WebWords, webWords } from '../web.words.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const outcomes: readonly LegOutcome[] = ['answer', 'no-answer', 'busy', 'no-key', 'refuse'];

/** The routes of the demo's simulated phone: dial, listen, press keys, speak, leave a message. */
export function phoneRoutes({ page, act }: Routes, pane: SimulatedPhone): void {
  page('/phone', (asked) => showCall(asked, pane, undefined));
  page('/phone/:id', async (asked) => {
    const call = await pane.find(callOf(asked));
    if (!call) return asked.response.redirect(303, '/phone');
    return showCall(asked, pane, call);
  });

  act('/phone', async ({ request, response }) => {
    const { fields } = bodyOf(request);
    const call = await pane.start({ from: fields.get('from') ?? '', to: fields.get('to') ?? '' });
    response.redirect(303, `/phone/${call.id}`);
  });

  step('keys', (id, { fields }) => pane.press(id, (fields.get('keys') ?? '').slice(0, 32)));
  step('speak', (id, { fields }) => pane.speak(id, oneLine(fields.get('text') ?? '', 500)));
  step('decide', (id, { fields }) => {
    const outcome = outcomes.find((one) => one === fields.get('outcome'));
    if (!outcome) throw new NotFound();
    return outcome === 'answer' ? pickUp(id) : pane.decide(id, outcome);
  });
  step('leave', (id, { files }) => pane.leave(id, files.get('audio')?.content ?? Buffer.alloc(0), 'key'), {
    takesFile: () => true,
  });
  step('hang-up', (id) => pane.hangUp(id));

  step('other-hangs-up', (id) => pane.decide(id, 'answer'));

  /** Two people who are connected talk until one of them hangs up; in the demo both are the visitor. */
  async function pickUp(id: string): Promise<SimulatedCall> {
    const call = await pane.find(id);
    return call?.expects === 'outcome' ? pane.talk(id) : pane.decide(id, 'answer');
  }

  function step(
    name: string,
    move: (id: string, body: ReturnType<typeof bodyOf>) => Promise<SimulatedCall>,
    options?: PostOptions,
  ): void {
    const handle = async (asked: PageRequest) => {
      await move(callOf(asked), bodyOf(asked.request));
      asked.response.redirect(303, `/phone/${callOf(asked)}`);
    };
    act(`/phone/:id/${name}`, handle, options);
  }
}

const callOf = ({ request }: PageRequest): string => String(request.params.id);

async function showCall(
  { response, visitor, frame }: PageRequest,
  pane: SimulatedPhone,
  call: SimulatedCall | undefined,
) {
  const { locale } = visitor.requester.reader;
  const words = webWords(locale);
  const children = (
    <>
      <h1>{words.phone}</h1>
      <p class="lead">{words.phoneLead}</p>
      <Ringing calls={await pane.ringing()} words={words} at={call ? `/phone/${call.id}` : '/phone'} />
      <div
        id="call"
        class="phone"
        hx-target="#call"
        hx-select="#call"
        hx-swap="outerHTML"
        data-phone
        {...(call?.expects === 'talk' ? { 'hx-get': `/phone/${call.id}`, 'hx-trigger': 'every 2s' } : {})}
      >
        <section class="handset" aria-label={words.keypad}>
          {call && call.expects !== 'over' ? (
            <CallInProgress call={call} words={words} locale={locale} />
          ) : (
            <Dialler words={words} call={call} numbers={await pane.numbers()} />
          )}
        </section>
        <CallTranscript call={call} words={words} />
      </div>
    </>
  );
  response.send(await frame({ title: words.phone, children, scripts: ['phone.js'] }));
}

/** Phones that Attendant rings, asked after every few seconds; whoever picks up is the visitor. */
const Ringing = ({ calls, words, at }: { calls: readonly SimulatedCall[]; words: WebWords; at: string }) => (
  <div
    id="ringing"
    aria-live="polite"
    hx-get={at}
    hx-trigger="every 3s"
    hx-target="this"
    hx-select="#ringing"
    hx-swap="outerHTML"
  >
    {calls.map(({ id, to }) => (
      <form class="ringing" method="post" action={`/phone/${id}/decide`}>
        <p>
          <span class="lamp" aria-hidden="true" />
          {words.ringsYou(formatNumber(to))}
        </p>
        <button class="button main" type="submit" name="outcome" value="answer">
          <Icon name="phone" />
          <span>{words.pickUp}</span>
        </button>
        <button class="button" type="submit" name="outcome" value="refuse">
          {words.decline}
        </button>
      </form>
    ))}
  </div>
);

function Dialler(props: { words: WebWords; call: SimulatedCall | undefined; numbers: readonly NumberToDial[] }) {
  const { words, call, numbers } = props;
  return (
    <form class="dialler" method="post" action="/phone" hx-post="/phone">
      <div class="field">
        <label for="to">{words.dial}</label>
        <p class="hint" id="to-hint">
          {words.dialHint}
        </p>
        <input
          id="to"
          name="to"
          type="tel"
          inputMode="tel"
          value={formatNumber(call?.to ?? numbers[0]?.number ?? '')}
          aria-describedby="to-hint"
          required
          list="numbers"
        />
        <datalist id="numbers">
          {numbers.map(({ number, whose }) => (
            <option value={number}>{whose}</option>
          ))}
        </datalist>
      </div>
      <div class="field">
        <label for="from">{words.yourNumber}</label>
        <input
          id="from"
          name="from"
          type="tel"
          inputMode="tel"
          value={formatNumber(call?.from ?? '+15145550123')}
          required
        />
      </div>
      <button class="button main wide" type="submit">
        <Icon name="phone" />
        <span>{words.startCall}</span>
      </button>
      {numbers.length > 0 && (
        <div class="numbers">
          <h2>{words.numbersToTry}</h2>
          <ul>
            {numbers.map(({ number, whose, forMessages }) => (
              <li>
                <button class="number-row" type="button" data-number={formatNumber(number)}>
                  <span dir="auto">{forMessages ? words.messagesOf(whose) : whose}</span>
                  <span class="digits">{formatNumber(number)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}

function CallInProgress({ call, words, locale }: { call: SimulatedCall; words: WebWords; locale: Locale }) {
  const at = `/phone/${call.id}`;
  return (
    <>
      <div class="line">
        <p class="line-state">
          <span class="lamp" aria-hidden="true" />
          {words.onTheLine}
        </p>
        <p class="digits">{formatNumber(call.to)}</p>
        <form method="post" action={`${at}/hang-up`} hx-post={`${at}/hang-up`}>
          <button class="button danger" type="submit">
            {words.hangUp}
          </button>
        </form>
      </div>
      {call.expects === 'choice' && <KeyPad at={at} words={words} />}
      {call.expects === 'outcome' && <RingingPhone at={at} call={call} words={words} />}
      {call.expects === 'talk' && (
        <form class="decide" method="post" action={`${at}/other-hangs-up`} hx-post={`${at}/other-hangs-up`}>
          <p>{words.talking}</p>
          <button class="button wide" type="submit">
            {words.otherHangsUp}
          </button>
        </form>
      )}
      {call.expects === 'recording' && <LeaveMessage at={at} words={words} locale={locale} />}
    </>
  );
}

const KeyPad = ({ at, words }: { at: string; words: WebWords }) => (
  <>
    <form class="keypad" method="post" action={`${at}/keys`} hx-post={`${at}/keys`} aria-label={words.keypad}>
      {keys.map((key) => (
        <button type="submit" name="keys" value={key} aria-label={words.key(key)}>
          {key}
        </button>
      ))}
    </form>
    <form class="finder" method="post" action={`${at}/keys`} hx-post={`${at}/keys`}>
      <label class="unseen" for="keys">
        {words.extension}
      </label>
      <input
        id="keys"
        name="keys"
        inputMode="numeric"
        placeholder={words.extension}
        autoComplete="off"
        maxLength={32}
      />
      <button class="button" type="submit">
        {words.sendKeys}
      </button>
    </form>
    <form class="finder" method="post" action={`${at}/speak`} hx-post={`${at}/speak`}>
      <label class="unseen" for="spoken">
        {words.sayInstead}
      </label>
      <input id="spoken" name="text" dir="auto" placeholder={words.sayInstead} autoComplete="off" maxLength={500} />
      <button class="button" type="submit">
        {words.say}
      </button>
    </form>
  </>
);

function RingingPhone({ at, call, words }: { at: string; call: SimulatedCall; words: WebWords }) {
  const rings = call.heard.findLast((one) => one.kind === 'rang');
  return (
    <form class="decide" method="post" action={`${at}/decide`} hx-post={`${at}/decide`}>
      <h2>{words.decide(rings?.kind === 'rang' ? formatNumber(rings.whom) : '')}</h2>
      {outcomes.map((outcome) => (
        <button class="button wide" type="submit" name="outcome" value={outcome}>
          {words.outcomes[outcome]}
        </button>
      ))}
    </form>
  );
}

function LeaveMessage({ at, words }: { at: string; words: WebWords; locale: Locale }) {
  return (
    <form
      class="leave"
      method="post"
      action={`${at}/leave`}
      hx-post={`${at}/leave`}
      hx-encoding="multipart/form-data"
      enctype="multipart/form-data"
      {...recorderForm(words)}
    >
      <h2>{words.leaveMessage}</h2>
      <Recorder words={words} />
      <button class="button main wide" type="submit" data-leave>
        {words.leaveThis}
      </button>
    </form>
  );
}

import { decideAfterLeg } from '../core/calls/answer-call.js';
import { whisperText } from '../core/calls/phone-settings.js';
import { transferByKey } from '../core/calls/transfer/transfer-by-key.js';
import { address, legOf, type PostContext } from './post-context.js';
import { GatherPost } from './read.js';
import { renderBridge, renderGoodbye, renderKeys, renderWhisper } from './render.js';

/** Who is asked so often for an extension that there is, gets the call themselves no more. */
const mostAsked = 3;

/** Somebody picked up for whom words are said first; `*` and an extension send the caller to a mailbox. */
export async function whisper(about: PostContext): Promise<string> {
  const { deps, carried, tenantId } = about;
  const said = await whisperText(deps, tenantId, legOf(about));
  if (!said) return renderGoodbye(undefined, 'en');
  const link = (more: Partial<typeof carried>) => address(deps.publicUrl, '/voice/whisper', { ...carried, ...more });
  if (carried.pressed !== '1') return renderWhisper(said, link({ pressed: '1' }));

  const keys = GatherPost.parse(about.body).Digits.trim();
  const isKeying = carried.asked === 'extension';
  if (isKeying || keys === '*') {
    const { callId, leg } = legOf(about);
    const extension = isKeying ? keys : undefined;
    const round = (carried.round ?? 0) + 1;
    const step = await transferByKey(deps, tenantId, { callId, leg: leg ?? 0, extension });
    if (step.kind === 'sent' || round > mostAsked) return renderGoodbye(step.text, step.language);
    return renderKeys(step, link({ asked: 'extension', round }));
  }
  if (said.confirm && keys !== '1') return renderGoodbye(undefined, 'en');
  // Stored before the two are connected: a later report of the dial about this leg no longer counts.
  await decideAfterLeg(deps, tenantId, { ...legOf(about), disposition: 'answered', isTalk: true });
  return renderBridge();
}

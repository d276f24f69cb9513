import {
  type HoldMusic,
  holdMusicAudio,
  holdMusicOf,
  largestMusicMegabytes,
  longestMusicSeconds,
  removeHoldMusic,
  setHoldMusic,
} from '../../../core/calls/hold-music/hold-music.js';
import { formatDuration, formatMoment, type Reader } from '../../../core/chat/phrasing.js';
import { wordsIn } from '../../../core/chat/words.js';
import { UserError } from '../../../core/errors.js';
import { Icon } from '../../components/icons.js';
import type { AudioSender } from '../../http/audio-sender.js';
import { bodyOf } from '../../http/request-body.js';
import { type PageRequest, permitted, type Routes } from '../../http/route-helpers.js';

const path = '/admin/hold-music';

/** The music for waiting callers: hear it, replace it by a file, remove it. */
export function holdMusicPages({ page, act }: Routes, sendAudio: AudioSender): void {
  page(path, (asked) => show(asked, undefined));

  page(`${path}/audio`, async (asked) => {
    const { deps, request, response, visitor } = permitted(asked, 'tenant.edit');
    await sendAudio(request, response, await holdMusicAudio(deps, visitor.requester.tenant.id));
  });

  act(
    path,
    async (asked) => {
      const { deps, request, response, visitor } = permitted(asked, 'tenant.edit');
      const { actor, reader } = visitor.requester;
      try {
        await setHoldMusic(deps, actor, bodyOf(request).files.get('music')?.content ?? Buffer.alloc(0));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return show({ ...asked, response: response.status(422) }, error.say(wordsIn(reader.locale)));
      }
      response.redirect(303, path);
    },
    { takesFile: () => true },
  );

  act(`${path}/remove`, async (asked) => {
    const { deps, response, visitor } = permitted(asked, 'tenant.edit');
    await removeHoldMusic(deps, visitor.requester.actor);
    response.redirect(303, path);
  });
}

async function show(asked: PageRequest, problem: string | undefined): Promise<void> {
  const { deps, response, visitor, frame } = permitted(asked, 'tenant.edit');
  const { reader, tenant } = visitor.requester;
  const music = await holdMusicOf(deps, tenant.id);
  const { title } = wordsIn(reader.locale).calls.holdMusic;
  response.send(
    await frame({ title, children: <MusicView music={music} reader={reader} problem={problem} />, from: path }),
  );
}

interface MusicViewProps {
  readonly music: HoldMusic | undefined;
  readonly reader: Reader;
  readonly problem: string | undefined;
}

function MusicView({ music, reader, problem }: MusicViewProps) {
  const words = wordsIn(reader.locale).calls.holdMusic;
  return (
    <div class="admin-page">
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <section class="panel">
        <p>
          {music ? words.own(formatMoment(reader, music.createdAt), formatDuration(music.durationSeconds)) : words.ours}
        </p>
        {music && (
          <>
            {/* biome-ignore lint/a11y/useMediaCaption: music has no words */}
            <audio controls preload="none" aria-label={words.title} src={`${path}/audio?r=${music.recordingId}`} />
            <form method="post" action={`${path}/remove`}>
              <div class="buttons">
                <button class="button" type="submit">
                  {words.remove}
                </button>
              </div>
            </form>
          </>
        )}
      </section>
      <form class="panel upload" method="post" action={path} enctype="multipart/form-data">
        {problem !== undefined && (
          <div class="trouble" role="alert">
            <Icon name="alert" />
            <p>{problem}</p>
          </div>
        )}
        <div class="field">
          <label for="music">{words.file}</label>
          <input
            id="music"
            type="file"
            name="music"
            accept=".wav,.mp3,audio/wav,audio/mpeg"
            required
            aria-describedby="music-hint"
          />
          <p class="hint" id="music-hint">
            {words.fileHint(longestMusicSeconds / 60, largestMusicMegabytes)}
          </p>
        </div>
        <div class="buttons">
          <button class="button main" type="submit">
            {words.save}
          </button>
        </div>
      </form>
    </div>
  );
}

import type WaveSurfer from 'wavesurfer.js';

/** The page's own colours, as the canvas needs them: computed. */
export function colours(): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(document.documentElement);
  return {
    waveColor: style.getPropertyValue('--wave').trim(),
    progressColor: style.getPropertyValue('--brand').trim(),
    cursorColor: style.getPropertyValue('--brand').trim(),
  };
}

/** Light and dark change while a page is open. */
export function followScheme(wave: WaveSurfer): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => wave.setOptions(colours()));
}

/** Lets the waveform keep its style under our content security policy. */
export function styleNonce(): { cspNonce?: string } {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
  return nonce ? { cspNonce: nonce } : {};
}

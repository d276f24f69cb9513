import type WaveSurfer from 'wavesurfer.js';

/** The page's computed colours, because a canvas cannot read CSS variables. */
export function waveColours(): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(document.documentElement);
  return {
    waveColor: style.getPropertyValue('--wave').trim(),
    progressColor: style.getPropertyValue('--brand').trim(),
    cursorColor: style.getPropertyValue('--brand').trim(),
  };
}

/** Update the colours when the page switches between light and dark. */
export function followColourScheme(wave: WaveSurfer): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => wave.setOptions(waveColours()));
}

/** The nonce that lets the waveform add its style under our content security policy. */
export function styleNonce(): { cspNonce?: string } {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
  return nonce ? { cspNonce: nonce } : {};
}

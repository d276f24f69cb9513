/** Starts the audio thread in development, where a thread does not read TypeScript by itself. Not part of the build. */
import { register } from 'tsx/esm/api';

register();
await import('./audio-worker.ts');

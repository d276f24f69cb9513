/** `attendant serve` with an injected bug: `FAULT` names it, and SIGUSR2 triggers it. */
import { serve } from '../../src/main.js';

process.on('SIGUSR2', () => {
  if (process.env.FAULT === 'rejection') void Promise.reject(new Error('a rejection that nobody handles'));
  else
    setTimeout(() => {
      throw new Error('an exception that nobody catches');
    }, 0);
});
await serve();
process.exit(0);

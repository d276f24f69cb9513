/** A process that serves, configured by its environment, until it is killed or asked to end. */
import { serve } from '../../src/main.js';

await serve();
process.exit(0);

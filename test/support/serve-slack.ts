/** A process of its own that serves: everything comes by its environment; it stays until it is killed or asked to end. */
import { serve } from '../../src/main.js';

await serve();
process.exit(0);

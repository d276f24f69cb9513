/** Inside a change that wrote settings by another door (an import, the founding): keeps who set them and when. */
export { writeOrigins as noteSettings } from './settings.store.js';

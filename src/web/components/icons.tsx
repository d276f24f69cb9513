/** Line icons, 24 by 24, drawn for this app. They are decorative: text, or the label of their button, says the same. */
const paths = {
  home: 'M4 11.2 12 4l8 7.2V19a1.5 1.5 0 0 1-1.5 1.5h-3.8v-5.8H9.3v5.8H5.5A1.5 1.5 0 0 1 4 19z',
  messages: 'M6.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7h11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7',
  directory:
    'M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.5 19.5c0-3 2.5-5 5.5-5s5.5 2 5.5 5M16 5.6a3 3 0 0 1 0 5.7M17.3 14.8c1.9.6 3.2 2.3 3.2 4.7',
  phone:
    'M8.2 4.5 5.6 5c-.7.1-1.1.7-1 1.4.8 6.6 6.4 12.2 13 13 .7.1 1.3-.3 1.4-1l.5-2.6-3.9-2.3-1.9 1.5c-1.9-.9-3.8-2.8-4.7-4.7l1.5-1.9z',
  admin: 'M5 7h8M17 7h2M5 12h2M11 12h8M5 17h8M17 17h2M15 5.2v3.6M9 10.2v3.6M15 15.2v3.6',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  alert:
    'M12 8v5M12 16.2v.1M10.6 4.6 3.3 17.4A1.6 1.6 0 0 0 4.7 19.8h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.6a1.6 1.6 0 0 0-2.8 0',
  mask: 'M4 7c2.5-1.3 5-1.9 8-1.9s5.5.6 8 1.9c0 6-2.5 11-8 12.4C6.5 18 4 13 4 7M8.3 10.7h1.9M13.8 10.7h1.9',
  search: 'M10.8 17a6.2 6.2 0 1 0 0-12.4 6.2 6.2 0 0 0 0 12.4M15.3 15.3l4.7 4.7',
  close: 'M6 6l12 12M18 6 6 18',
  forward: 'M13 6.5 18.5 12 13 17.5M18.5 12H9.5A4.5 4.5 0 0 0 5 16.5V18',
  speaker: 'M5 10v4h2.8L12 17.5v-11L7.8 10zM15.5 9.2a4 4 0 0 1 0 5.6M17.8 6.8a7.4 7.4 0 0 1 0 10.4',
  microphone:
    'M12 14.5A2.7 2.7 0 0 0 14.7 11.8V7a2.7 2.7 0 0 0-5.4 0v4.8A2.7 2.7 0 0 0 12 14.5M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.2',
  download: 'M12 4.5v10M7.8 10.7 12 14.9l4.2-4.2M5 19.5h14',
  up: 'M7 14l5-5 5 5',
  down: 'M7 10l5 5 5-5',
  more: 'M6 12h.1M12 12h.1M18 12h.1',
  back: 'M19 12H6M11.5 6.5 6 12l5.5 5.5',
  check: 'M5 12.5 10 17.5 19.5 7',
  send: 'M5 12h13M12.5 6.5 18 12l-5.5 5.5',
  out: 'M10 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H10M14.5 8l4 4-4 4M18.5 12H10',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof paths;

/** An icon, hidden from screen readers. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);

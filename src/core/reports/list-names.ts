/** Every list of the company, in the order in which people are offered them. */
export const listNames = [
  'users',
  'ooo',
  'gaps',
  'unreachable',
  'failed-deliveries',
  'missed',
  'unheard',
  'storage',
  'storage-days',
  'impersonations',
  'audit',
] as const;
export type ListName = (typeof listNames)[number];

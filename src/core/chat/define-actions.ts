import type { ActionId } from '../ids.js';

/**
 * Declare the ids of a feature's buttons, links and forms, in its `x.action-ids.ts`. Handlers, views and adapters name
 * them by these constants; a plain string does not compile. Platforms keep ids in old messages, so an id never changes.
 *
 * @example
 * export const doorActions = defineActions({ open: 'door.open', close: 'door.close' });
 */
export const defineActions = <Name extends string>(
  ids: Readonly<Record<Name, `${string}.${string}`>>,
): Readonly<Record<Name, ActionId>> => ids as Readonly<Record<Name, string>> as Readonly<Record<Name, ActionId>>;

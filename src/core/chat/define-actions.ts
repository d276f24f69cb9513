import type { ActionId } from '../ids.js';

/**
 * The ids of a feature's buttons, links and forms, in its `x.actions.ts`. Handlers, views and adapters name them by
 * these constants; a string of the same letters does not compile. Platforms hold ids in old messages: they do not change.
 *
 * @example
 * export const doorActions = defineActions({ open: 'door.open', close: 'door.close' });
 */
export const defineActions = <Name extends string>(
  ids: Readonly<Record<Name, `${string}.${string}`>>,
): Readonly<Record<Name, ActionId>> => ids as Readonly<Record<Name, string>> as Readonly<Record<Name, ActionId>>;

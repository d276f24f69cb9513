import type { CarriedData } from '../core/chat/view.js';
import type { FieldState } from './payload.js';

/** The states of the fields of a message or a view, by block and by action. */
export type BlockStates = Readonly<Record<string, Readonly<Record<string, FieldState>>>>;

/** The `action_id` of the boxes of a selection. */
export const tickId = (name: string): string => `tick.${name}`;

/** Return what a button carries, with the ticked values where it belongs to a selection (`buttonsOfSelection`). */
export function withTicked(carries: CarriedData, states: BlockStates): CarriedData {
  const ticked = Object.entries(carries)
    .filter(([, value]) => value === '')
    .flatMap(([name]) => {
      const values = Object.values(states).flatMap((byAction) => byAction[tickId(name)]?.selected_options ?? []);
      return values.length === 0 ? [] : [[name, values.map(({ value }) => value).join(' ')] as const];
    });
  return { ...carries, ...Object.fromEntries(ticked) };
}

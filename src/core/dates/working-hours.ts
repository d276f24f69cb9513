/** A person's working hours: the days of the week (Monday is 1) and the hours of each, in minutes after midnight. */
export interface WorkingHours {
  readonly days: readonly number[];
  readonly begins: number;
  readonly ends: number;
}

/** The default working hours: Monday to Friday, 9:00 to 17:00, in the person's zone. */
export const defaultHours: WorkingHours = { days: [1, 2, 3, 4, 5], begins: 9 * 60, ends: 17 * 60 };

/** Return the middle of a working day, in minutes after midnight, where its two halves meet. */
export const middleOf = ({ begins, ends }: WorkingHours): number => Math.round((begins + ends) / 2);

/** A part of the day. */
export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

/** Return the hours of a part of a working day, in minutes after midnight; the end is exclusive. */
export function hoursOfPart(part: PartOfDay, hours: WorkingHours): { readonly begins: number; readonly ends: number } {
  const noon = hours.begins < 12 * 60 && hours.ends > 12 * 60 ? 12 * 60 : middleOf(hours);
  switch (part) {
    case 'morning':
      return { begins: hours.begins, ends: noon };
    case 'noon':
      return { begins: noon, ends: noon + 60 };
    case 'afternoon':
      return { begins: noon, ends: hours.ends };
    case 'evening':
    case 'night':
      return { begins: hours.ends, ends: 24 * 60 };
    default:
      return part satisfies never;
  }
}

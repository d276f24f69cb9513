/** Which part of the product a company has: `attendant` is without voicemail. */
export const editions = ['attendant', 'attendant_plus'] as const;
export type Edition = (typeof editions)[number];

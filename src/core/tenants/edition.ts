/** The editions of the product: `attendant` is without voicemail. */
export const editions = ['attendant', 'attendant_plus'] as const;
/** The edition that a company has. */
export type Edition = (typeof editions)[number];

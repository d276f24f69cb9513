/**
 * Return whether the product can store, show and calculate with an instant; PostgreSQL has no year 0, and calendars
 * end.
 */
export const isUsableInstant = (instant: Date): boolean => {
  const year = instant.getUTCFullYear();
  return year >= 1970 && year < 2200;
};

/** English words of the companies of an installation. */
export const en = {
  badName: (most: number) => `A company’s name has 1 to ${most} characters.`,
  noSuchTenant: (id: string) => `There is no company ${id} here. “attendant tenant list” shows them.`,
};

/** French words of the companies of an installation. */
export const fr: typeof en = {
  badName: (most) => `Le nom d’une entreprise a de 1 à ${most} caractères.`,
  noSuchTenant: (id) => `L’entreprise ${id} n’existe pas ici. « attendant tenant list » les montre.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly tenants: typeof en;
  }
}

/** English words about people: why a change of somebody is refused. */
export const en = {
  lastAdmin: (name: string) => `${name} is the last admin. Make somebody else an admin first.`,
};

/** French words about people. */
export const fr: typeof en = {
  lastAdmin: (name) => `Sans ${name}, il n’y aurait plus d’admin. Nommez d’abord quelqu’un d’autre.`,
};

declare module '../chat/words.js' {
  interface Words {
    readonly people: typeof en;
  }
}

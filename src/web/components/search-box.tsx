import { Icon } from './icons.js';

/** The part that every people search shares: the field, named `q`, and its button. */
export const SearchBox = ({ hint, typed, find }: { hint: string; typed: string; find: string }) => (
  <>
    <label class="unseen" for="who">
      {hint}
    </label>
    <Icon name="search" />
    <input
      id="who"
      type="search"
      name="q"
      dir="auto"
      value={typed}
      maxLength={200}
      placeholder={hint}
      autoComplete="off"
    />
    <button class="button main" type="submit">
      {find}
    </button>
  </>
);

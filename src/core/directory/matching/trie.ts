/**
 * Words as a tree of letters that grows word by word: whatever is looked for (a whole word, a beginning, a word with
 * wrong letters, a word by its keys on a telephone) is a walk that leaves a branch as soon as it cannot fit.
 * A node is an index into the arrays; node 0 is the root; 0 as a child or sibling means none.
 */
export interface Trie {
  letters: Uint16Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
  /** Number of the word that ends here, or -1. */
  entries: Int32Array;
  /** The letters that words go on with below the node, as a set of `letterBit`. */
  below: Int32Array;
  size: number;
}

/** A longer word is kept by its beginning. */
export const longestWord = 40;

export const newTrie = (): Trie => ({
  letters: new Uint16Array(64),
  firstChild: new Int32Array(64),
  nextSibling: new Int32Array(64),
  entries: new Int32Array(64).fill(-1),
  below: new Int32Array(64),
  size: 1,
});

/** Letters fall into 32 sets; that two share one only means that less is known. */
export const letterBit = (code: number): number => 1 << (code & 31);

/** The node that the letters of `text` lead to, or -1. */
export function nodeOf(trie: Trie, text: string): number {
  const length = Math.min(text.length, longestWord);
  let node = 0;
  for (let at = 0; at < length; at += 1) {
    node = childOf(trie, node, text.charCodeAt(at));
    if (node === 0) return -1;
  }
  return node;
}

/** The number of the word `text`, or -1. */
export function entryOf(trie: Trie, text: string): number {
  const node = nodeOf(trie, text);
  return node === -1 ? -1 : (trie.entries[node] ?? -1);
}

/** Adds `text` under the number `entry`, or returns the number that it has already. */
export function insert(trie: Trie, text: string, entry: number): number {
  const length = Math.min(text.length, longestWord);
  let node = 0;
  for (let at = 0; at < length; at += 1) {
    const letter = text.charCodeAt(at);
    node = childOf(trie, node, letter) || addChild(trie, node, letter);
  }
  const known = trie.entries[node] ?? -1;
  if (known !== -1) return known;
  trie.entries[node] = entry;
  markPath(trie, text, length);
  return entry;
}

/** Gives each word that begins with the letters that led to `node`, and how many letters it goes on for. */
export function eachBelow(trie: Trie, node: number, give: (entry: number, further: number) => void, further = 0): void {
  const entry = trie.entries[node] ?? -1;
  if (entry !== -1) give(entry, further);
  for (let child = trie.firstChild[node] ?? 0; child !== 0; child = trie.nextSibling[child] ?? 0) {
    eachBelow(trie, child, give, further + 1);
  }
}

/** Tells every node on the way to `text` which letters follow. */
function markPath(trie: Trie, text: string, length: number): void {
  let node = 0;
  for (let at = 0; at < length; at += 1) {
    let letters = 0;
    for (let later = at; later < length; later += 1) letters |= letterBit(text.charCodeAt(later));
    trie.below[node] = (trie.below[node] ?? 0) | letters;
    node = childOf(trie, node, text.charCodeAt(at));
  }
}

function childOf(trie: Trie, node: number, letter: number): number {
  let child = trie.firstChild[node] ?? 0;
  while (child !== 0 && trie.letters[child] !== letter) child = trie.nextSibling[child] ?? 0;
  return child;
}

function addChild(trie: Trie, node: number, letter: number): number {
  if (trie.size === trie.letters.length) grow(trie);
  const child = trie.size;
  trie.size += 1;
  trie.letters[child] = letter;
  trie.nextSibling[child] = trie.firstChild[node] ?? 0;
  trie.firstChild[node] = child;
  return child;
}

function grow(trie: Trie): void {
  const room = Math.ceil(trie.size * 1.5);
  const { letters, firstChild, nextSibling, entries, below } = trie;
  trie.letters = new Uint16Array(room);
  trie.firstChild = new Int32Array(room);
  trie.nextSibling = new Int32Array(room);
  trie.entries = new Int32Array(room).fill(-1);
  trie.below = new Int32Array(room);
  trie.letters.set(letters);
  trie.firstChild.set(firstChild);
  trie.nextSibling.set(nextSibling);
  trie.entries.set(entries);
  trie.below.set(below);
}

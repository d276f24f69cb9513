/**
 * A tree of letters that grows word by word. Every search (a whole word, a beginning, a word with wrong letters, a word
 * by its keys on a telephone) is a walk that prunes a branch as soon as it cannot fit. A node is an index into the
 * arrays; node 0 is the root; 0 as a child or sibling means none.
 */
export interface Trie {
  letters: Uint16Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
  /** The number of the word that ends here, or -1. */
  entries: Int32Array;
  /** The letters of the words below the node, as a set of `letterBit`. */
  below: Int32Array;
  size: number;
}

/** Of a longer word only the beginning is stored. */
export const longestWord = 40;

/** Create an empty tree. */
export const newTrie = (): Trie => ({
  letters: new Uint16Array(64),
  firstChild: new Int32Array(64),
  nextSibling: new Int32Array(64),
  entries: new Int32Array(64).fill(-1),
  below: new Int32Array(64),
  size: 1,
});

/** Return the bit of a letter. There are 32 sets; letters that share one only make pruning less exact. */
export const letterBit = (code: number): number => 1 << (code & 31);

/** Return the node to which the letters of `text` lead, or -1. */
export function nodeOf(trie: Trie, text: string): number {
  const length = Math.min(text.length, longestWord);
  let node = 0;
  for (let at = 0; at < length; at += 1) {
    node = childOf(trie, node, text.charCodeAt(at));
    if (node === 0) return -1;
  }
  return node;
}

/** Return the number of the word `text`, or -1. */
export function entryOf(trie: Trie, text: string): number {
  const node = nodeOf(trie, text);
  return node === -1 ? -1 : (trie.entries[node] ?? -1);
}

/** Add `text` under the number `entry`, or return the number that it has already. */
export function insertWord(trie: Trie, text: string, entry: number): number {
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

/** Give each word that begins with the letters that led to `node`, and how many more letters it has. */
export function eachBelow(trie: Trie, node: number, give: (entry: number, further: number) => void, further = 0): void {
  const entry = trie.entries[node] ?? -1;
  if (entry !== -1) give(entry, further);
  for (let child = trie.firstChild[node] ?? 0; child !== 0; child = trie.nextSibling[child] ?? 0) {
    eachBelow(trie, child, give, further + 1);
  }
}

/** Mark every node on the way to `text` with the letters that follow. */
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

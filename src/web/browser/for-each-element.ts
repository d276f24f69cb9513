/** Run `work` once for every matching element: those on the page now, and those swapped in later. */
export function forEachElement(selector: string, work: (element: HTMLElement) => void): void {
  const seen = new WeakSet<HTMLElement>();
  const look = (root: ParentNode & Node) => {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      work(element);
    }
  };
  look(document);
  document.addEventListener('htmx:load', ({ target }) => {
    if (target instanceof HTMLElement) look(target);
  });
}

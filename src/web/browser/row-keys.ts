/** In a table of links the arrow keys go from row to row, Home and End to the first and the last. */
export function moveBetweenRows(table: HTMLElement): void {
  table.addEventListener('keydown', (event) => {
    const links = [...table.querySelectorAll<HTMLAnchorElement>('.row-link')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (at < 0) return;
    const to = targetOf(event.key, at, links.length);
    if (to === undefined) return;
    event.preventDefault();
    links[to]?.focus();
  });
}

/** Return the row to which a key leads; undefined: the key leads nowhere. */
export function targetOf(key: string, at: number, rows: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, rows - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return undefined;
  }
}

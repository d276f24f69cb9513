/** Ten parts of progress, as a text that every platform shows. */
export function progressBar(done: number, total: number): string {
  const full = total === 0 ? 0 : Math.min(10, Math.floor((done * 10) / total));
  return '▰'.repeat(full) + '▱'.repeat(10 - full);
}

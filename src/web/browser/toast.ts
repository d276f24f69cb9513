/** A line at the foot of the page that goes away by itself: what was done, or that it did not get through. */
export function keepToast(): void {
  const toast = document.getElementById('toast');
  if (!toast) return;
  let fading: number | undefined;

  const fade = () => {
    clearTimeout(fading);
    fading = window.setTimeout(() => toast.replaceChildren(), 6000);
  };
  const say = (line: string | undefined) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = line ?? '';
    toast.replaceChildren(paragraph);
    fade();
  };
  document.addEventListener('htmx:afterSwap', ({ target }) => {
    if (target === toast) fade();
  });
  for (const failure of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout'])
    document.addEventListener(failure, ({ target }) => {
      // What fetches itself tries again by itself.
      if (target instanceof HTMLElement && target.dataset.quiet === undefined) say(toast.dataset.failed);
    });
}

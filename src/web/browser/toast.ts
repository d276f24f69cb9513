/** A line at the foot of the page that disappears by itself: what was done, or that the request failed. */
export function initToast(): void {
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
      // Parts that reload themselves retry by themselves.
      if (target instanceof HTMLElement && target.dataset.quiet === undefined) say(toast.dataset.failed);
    });
}

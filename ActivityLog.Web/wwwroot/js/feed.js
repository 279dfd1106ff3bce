// Tells the feed whether its reader is at the top, and when the end of the list comes into sight.
export function watch(top, end, page) {
  let atTop = null;
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.target === top && entry.isIntersecting !== atTop) page.invokeMethodAsync('AtTop', atTop = entry.isIntersecting);
      else if (entry.target === end && entry.isIntersecting) page.invokeMethodAsync('EndSeen');
    }
  }, { rootMargin: '64px 0px 400px 0px' });
  observer.observe(top);
  observer.observe(end);

  // Escape closes the panel wherever the focus is, and the focus goes back to the row that opened it.
  const stop = new AbortController();
  addEventListener('keydown', e => {
    if (e.key === 'Escape' && !e.defaultPrevented && !document.querySelector(':popover-open, dialog[open], .rz-dialog')) page.invokeMethodAsync('Close');
  }, { signal: stop.signal });

  return {
    // An end that stays in sight isn't told again by itself.
    again() { observer.unobserve(end); observer.observe(end); },
    toTop() { scrollTo({ top: 0 }); },
    focusRow(id) { document.getElementById(`m-${id}`)?.focus(); },
    dispose() { stop.abort(); observer.disconnect(); },
  };
}

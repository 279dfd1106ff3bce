// Keys of a timeline: up and down from row to row, left and right close and open a prompt, Escape closes what is open.
export function watch(page) {
  const stop = new AbortController();
  const row = element => element.closest('[role=row]');
  const main = line => line?.querySelector('.link:not(:disabled)') ?? line?.querySelector('.toggle');
  // What isn't drawn yet is drawn when its neighbour is scrolled to; a row without a button (silence) is stepped over.
  const step = (from, way) => {
    let next = from;
    do next = next?.[way]; while (next && !main(next));
    const target = main(next);
    target?.focus({ preventScroll: true });
    next?.scrollIntoView?.({ block: 'nearest' });
    return !!target;
  };

  addEventListener('keydown', e => {
    if (e.key === 'Escape' && !e.defaultPrevented && !document.querySelector(':popover-open, dialog[open], .rz-dialog')) return page.invokeMethodAsync('Close');
    const grid = e.target.closest?.('[role=treegrid]');
    if (!grid || e.altKey || e.ctrlKey || e.metaKey) return;
    const line = e.target === grid ? grid.querySelector('[role=row]') : row(e.target);
    const wants = { ArrowRight: 'false', ArrowLeft: 'true' }[e.key];
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      step(line, e.key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling');
    } else if (wants && line?.getAttribute('aria-expanded') === wants) {
      line.querySelector('.toggle').click();
    } else if (e.key === 'ArrowLeft' && line && !line.hasAttribute('aria-expanded')) {
      let up = line;
      do up = up.previousElementSibling; while (up && !up.hasAttribute?.('aria-expanded'));
      main(up)?.focus();
    } else {
      return;
    }
    e.preventDefault();
  }, { signal: stop.signal });

  return {
    // A row that isn't drawn yet is about where its number says; what is drawn there tells exactly.
    bringIntoSight(index, tries = 50) {
      const grid = document.querySelector('[role=treegrid]'), line = grid?.querySelector(`[aria-rowindex="${index + 2}"]`);
      if (line) {
        line.scrollIntoView({ block: 'center' });
        main(line)?.focus({ preventScroll: true });
      } else if (grid && tries > 0) {
        const height = grid.querySelector('.r:not(.head)')?.offsetHeight || 32;
        scrollTo({ top: grid.getBoundingClientRect().top + scrollY + (index + 1) * height - innerHeight / 2 });
        setTimeout(() => this.bringIntoSight(index, tries - 1), 100);
      }
    },
    focusRow(id) { document.getElementById(`m-${id}`)?.focus(); },
    dispose() { stop.abort(); },
  };
}

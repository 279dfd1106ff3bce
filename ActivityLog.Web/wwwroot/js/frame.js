// Small things of the frame that the browser does without the server: popovers in their place, copy buttons, the drawer, reload.

// A popover opens below the button that opened it, inside the window.
const place = popover => {
  const opener = document.querySelector(`[popovertarget="${popover.id}"]`);
  if (!opener || popover.id === 'side') return;
  const at = opener.getBoundingClientRect();
  const gap = 4, edge = 8;
  const width = popover.offsetWidth;
  popover.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - width - edge))}px`;
  popover.style.top = `${at.bottom + gap}px`;
  popover.style.maxHeight = `${Math.max(160, innerHeight - at.bottom - gap - edge)}px`;
};

document.addEventListener('toggle', e => {
  if (e.newState === 'open' && e.target.matches?.('[popover]')) {
    place(e.target);
    e.target.querySelector('[data-autofocus]')?.focus();
  }
}, true);

document.addEventListener('click', async e => {
  const closest = selector => e.target.closest?.(selector);

  if (closest('#side a')) document.getElementById('side').hidePopover();
  if (closest('[data-close-popover]')) closest('[popover]')?.hidePopover();
  if (closest('[data-reload]')) location.reload();
  if (closest('[data-print]')) print();

  const copy = closest('[data-copy]');
  if (copy) {
    const from = document.getElementById(copy.dataset.copy);
    await write('value' in from ? from.value : from.textContent, from);
    copy.classList.add('copied');
    copy.querySelector('[role=status]').textContent = 'Copied';
    setTimeout(() => { copy.classList.remove('copied'); copy.querySelector('[role=status]').textContent = ''; }, 2000);
  }
});

// The clipboard's own interface exists on https and localhost only; a plain http host on the local network has the old one.
async function write(text, from) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  (from.closest('dialog, [role=dialog]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

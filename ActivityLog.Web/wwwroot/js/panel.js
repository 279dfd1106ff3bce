// Where there is room, a panel opens beside what is read and leaves the focus there. Where it covers that (see .panel in look.css), the focus goes into it: what
// has it would lie below, unseen.
export function opened() {
  if (matchMedia('(max-width: 75rem)').matches) document.getElementById('panel-title')?.focus();
}

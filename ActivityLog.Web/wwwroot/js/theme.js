// The theme: the person's choice (system, light, dark), kept in this browser. Runs before the first paint.
(() => {
  const key = 'activitylog.theme';
  const choices = ['system', 'light', 'dark'];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;

  const read = () => {
    try { return localStorage.getItem(key) ?? 'system'; } catch { return 'system'; } // storage can be forbidden; the system's theme holds then
  };

  const apply = choice => {
    root.dataset.themeChoice = choices.includes(choice) ? choice : 'system';
    const theme = root.dataset.themeChoice === 'system' ? (dark.matches ? 'dark' : 'light') : root.dataset.themeChoice;
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
      dispatchEvent(new CustomEvent('themechange'));
    }
  };

  let choice = read();
  apply(choice);
  dark.addEventListener('change', () => apply(choice));
  addEventListener('storage', e => { if (e.key === key) apply(choice = read()); });
  document.addEventListener('click', e => {
    if (!e.target.closest?.('[data-theme-switch]')) return;
    choice = choices[(choices.indexOf(root.dataset.themeChoice) + 1) % choices.length];
    try { localStorage.setItem(key, choice); } catch { /* forbidden: it holds for this page only */ }
    apply(choice);
  });
})();

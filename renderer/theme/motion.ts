/** The window's answer to "may things move": the user's choice, or what the system says (see ThemeProvider). */
export function hasLessMotion(): boolean {
  return document.documentElement.dataset.motion === 'less'
}

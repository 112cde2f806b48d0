/** True where Cmd takes the place of Ctrl. */
export function isMac(): boolean {
  return window.unroll.platform === 'darwin'
}

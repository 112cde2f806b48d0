/** A name that every file system takes. */
export function fileNameFor(name: string): string {
  const forbidden = new Set('<>:"/\\|?*')
  const clean = [...name]
    .map((sign) => (forbidden.has(sign) || sign.charCodeAt(0) < 32 ? ' ' : sign))
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
  return `${clean === '' ? 'Untitled' : clean}.unroll`
}

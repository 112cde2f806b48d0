import { clipboard } from 'electron'

/** Characters; see renderer/canvas/acts/clipboard.ts. */
const MAX_TEXT = 2_000_000

/** The text on the system's clipboard if it may hold copied nodes, else null: nothing else on it is the page's business. */
export async function clipboardNodes(): Promise<string | null> {
  const text = await clipboard.readText()
  return text.length <= MAX_TEXT && /"unroll"\s*:\s*"nodes"/.test(text) ? text : null
}

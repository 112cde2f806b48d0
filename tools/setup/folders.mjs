import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout: every tool works on this folder, wherever it was called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where set-up keeps what is too large for every checkout to have its own. */
export const cacheFolder = join(
  process.env.XDG_CACHE_HOME || (process.platform === 'win32' && process.env.LOCALAPPDATA) || join(homedir(), '.cache'),
  'unroll',
)

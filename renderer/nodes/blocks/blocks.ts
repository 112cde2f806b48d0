import { create } from 'zustand'
import type { BlocksKept, SavedBlock } from '../../../electron/contract'
import { tell, warn } from '../../shell/notify'

interface BlocksState {
  /** By name; empty until they are read. */
  blocks: readonly SavedBlock[]
}

/** The blocks that the user keeps, in every document. */
export const useBlocks = create<BlocksState>()(() => ({ blocks: [] }))

let reading: Promise<void> | null = null

/** Reads them once; later changes come from the window itself. */
export function readBlocks(): Promise<void> {
  reading ??= window.unroll.blocks.list().then(
    (blocks) => useBlocks.setState({ blocks }),
    (error: unknown) => {
      reading = null
      warn('My blocks', `Your blocks could not be read: ${error instanceof Error ? error.message : String(error)}`)
    },
  )
  return reading
}

export function blockOf(id: string): SavedBlock | null {
  return useBlocks.getState().blocks.find((block) => block.id === id) ?? null
}

/** Is a block meant by a search? */
export function answers({ name }: SavedBlock, search: string): boolean {
  return name.toLowerCase().includes(search.trim().toLowerCase())
}

/** Shows what is kept now, or why it is not. True when it is. */
function shown(kept: BlocksKept): boolean {
  if (kept.ok) useBlocks.setState({ blocks: kept.blocks })
  else warn('My blocks', kept.message)
  return kept.ok
}

/** "Encoder 2": the first name that no other block has. */
function freeName(name: string, own: string | null = null): string {
  const taken = new Set(useBlocks.getState().blocks.flatMap((block) => (block.id === own ? [] : [block.name])))
  if (!taken.has(name)) return name
  for (let n = 2; ; n += 1) if (!taken.has(`${name} ${n}`)) return `${name} ${n}`
}

export async function keepBlock(name: string, text: string): Promise<void> {
  await readBlocks()
  const free = freeName(name.trim().slice(0, 190) || 'Block')
  if (shown(await window.unroll.blocks.keep({ id: null, name: free, text }))) tell(`“${free}” is in My blocks now`)
}

export async function renameBlock(block: SavedBlock, name: string): Promise<void> {
  const clean = name.trim().slice(0, 190)
  if (clean === '' || clean === block.name) return
  shown(await window.unroll.blocks.keep({ ...block, name: freeName(clean, block.id) }))
}

/** True when it is gone. */
export async function forgetBlock(block: SavedBlock): Promise<boolean> {
  return shown(await window.unroll.blocks.forget(block.id))
}

/** Brings back what was just forgotten, as it was. */
export async function putBack(block: SavedBlock): Promise<void> {
  shown(await window.unroll.blocks.keep(block))
}

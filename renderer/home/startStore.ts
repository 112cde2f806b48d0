import { create } from 'zustand'
import type { OpenedFile, RecentFile } from '../../electron/contract'

interface StartStore {
  recents: readonly RecentFile[]
  /** What a crash left; null when nothing, or when the user decided on it. Kept here, so that new work cannot write over it. */
  draft: OpenedFile | null
}

export const useStart = create<StartStore>()(() => ({ recents: [], draft: null }))

let askedForDraft = false

/** Reads what the start screen offers: the recent files each time, the draft of an earlier session once. */
export async function readStart(): Promise<void> {
  const recents = await window.unroll.recents()
  useStart.setState({ recents })
  if (askedForDraft) return
  askedForDraft = true
  useStart.setState({ draft: await window.unroll.recoverDraft() })
}

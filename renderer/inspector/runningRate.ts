import { create } from 'zustand'

/** The learning rate that the running training was last told; `run` null before the first. */
export const useRunningRate = create<{ run: string | null; rate: number }>()(() => ({ run: null, rate: 0 }))

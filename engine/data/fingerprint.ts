import type { PreparedData } from './prepared'
import { SPLITS } from './prepared'

type Words = Float32Array | Int32Array

/**
 * 16 hexadecimal digits that change with the prepared data: every number of every example, vocabulary, scaling, names. It recognises
 * data, it does not protect them: two FNV-1a hashes (Fowler, Noll & Vo) over 32-bit words.
 */
export function fingerprint(
  data: Pick<PreparedData, 'splits' | 'inputScaling' | 'targetScaling' | 'vocabulary' | 'targetVocabulary'>,
  words: string,
): string {
  const state = { a: 0x811c9dc5 | 0, b: 0x2f0b4c47 | 0 }
  const add = (word: number): void => {
    // Both steps can be undone, so one changed word always changes the state.
    state.a = Math.imul(state.a ^ word, 0x01000193)
    state.b = Math.imul(state.b ^ ((word << 16) | (word >>> 16)), 0x5bd1e995)
    state.b ^= state.b >>> 15
  }
  const addText = (text: string): void => {
    add(text.length)
    for (let i = 0; i < text.length; i++) add(text.charCodeAt(i))
  }
  const addArray = (array: Words | null): void => {
    add(array?.length ?? -1)
    if (array === null) return
    const view = new Int32Array(array.buffer, array.byteOffset, array.length)
    for (let i = 0; i < view.length; i++) add(view[i] ?? 0)
  }
  addText(words)
  addText(JSON.stringify([data.inputScaling, data.targetScaling, data.vocabulary]))
  if (data.targetVocabulary) addText(JSON.stringify(data.targetVocabulary))
  for (const split of SPLITS) {
    const set = data.splits[split]
    add(set.count)
    for (const array of [set.numbers, set.tokens, set.lengths, set.targetNumbers, set.targetTokens]) addArray(array)
    if (set.targetLengths) addArray(set.targetLengths)
  }
  return [state.a, state.b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The first two symbols of a target vocabulary: what a decoder reads before its first symbol, and what it says when it is done. */
export const START_TOKEN = 0
export const END_TOKEN = 1
export const START_SYMBOL = '‹start›'
export const END_SYMBOL = '‹end›'

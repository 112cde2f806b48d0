import { describe, expect, it } from 'vitest'
import { durationWords, remember, secondsLeft, timeLeftWords } from './timeLeft'

describe('time left', () => {
  it('extrapolates the recent pace', () => {
    const past = [
      { step: 0, seconds: 0 },
      { step: 50, seconds: 5 },
    ]
    expect(secondsLeft(past, 200)).toBe(15)
    expect(secondsLeft(past, 50)).toBe(0)
  })

  it('says nothing before it can', () => {
    expect(secondsLeft([], 10)).toBeNull()
    expect(secondsLeft([{ step: 3, seconds: 1 }], 10)).toBeNull()
    expect(
      secondsLeft(
        [
          { step: 1, seconds: 0.1 },
          { step: 2, seconds: 0.2 },
        ],
        10,
      ),
    ).toBeNull()
  })

  it('forgets what lies before the look-back but keeps one moment to measure from', () => {
    const kept = [0, 5, 10, 15, 20].reduce<{ step: number; seconds: number }[]>(
      (past, seconds) => remember(past, { step: seconds, seconds }),
      [],
    )
    expect(kept.map((moment) => moment.seconds)).toEqual([5, 10, 15, 20])
  })

  it.each([
    [null, 'estimating…'],
    [0.4, 'almost done'],
    [38.2, '38 s left'],
    [89, '89 s left'],
    [95, '2 min left'],
    [3540, '59 min left'],
    [3600, '1 h left'],
    [4790, '1 h 20 min left'],
    [7170, '2 h left'],
  ])('writes %s seconds as "%s"', (seconds, words) => {
    expect(timeLeftWords(seconds)).toBe(words)
  })

  it('writes short durations exactly', () => {
    expect(durationWords(0.42)).toBe('0.4 s')
    expect(durationWords(3.4)).toBe('3 s')
  })
})

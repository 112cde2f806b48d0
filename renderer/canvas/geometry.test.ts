import { describe, expect, it } from 'vitest'
import {
  bounds,
  distanceToWire,
  freePlace,
  makeRoom,
  moveInto,
  overlaps,
  placeAfter,
  pointsAlong,
  snap,
  wireAt,
  wirePath,
} from './geometry'

describe('snap', () => {
  it('rounds to the grid of 8 and never gives -0', () => {
    expect(snap({ x: 11, y: 12 })).toEqual({ x: 8, y: 16 })
    expect(Object.is(snap({ x: -3, y: -3 }).x, 0)).toBe(true)
  })
})

describe('freePlace', () => {
  const size = { width: 160, height: 56 }

  it('keeps a free place', () => {
    expect(freePlace({ x: 0, y: 0 }, size, [{ x: 400, y: 0, width: 160, height: 56 }])).toEqual({ x: 0, y: 0 })
  })

  it('goes below every card in the way', () => {
    const taken = [0, 100, 200, 300].map((y) => ({ x: 0, y, width: 160, height: 56 }))
    const place = freePlace({ x: 8, y: 8 }, size, taken)
    expect(taken.some((card) => overlaps({ ...place, ...size }, card))).toBe(false)
    expect(place).toEqual({ x: 8, y: 400 })
  })
})

describe('placeAfter', () => {
  it('continues to the right at the same height', () => {
    expect(placeAfter({ x: 16, y: 24, width: 160, height: 56 })).toEqual({ x: 216, y: 24 })
  })
})

describe('bounds', () => {
  it('is null for nothing and holds everything otherwise', () => {
    expect(bounds([])).toBeNull()
    expect(
      bounds([
        { x: 0, y: 10, width: 10, height: 10 },
        { x: 30, y: -5, width: 10, height: 5 },
      ]),
    ).toEqual({ x: 0, y: -5, width: 40, height: 25 })
  })
})

describe('makeRoom', () => {
  const size = { width: 160, height: 56 }
  const card = (x: number, y = 0) => ({ x, y, ...size })

  it('moves what follows to the right, all alike', () => {
    const room = makeRoom({ x: 100, y: 0 }, size, card(0), { next: card(184), after: card(368), below: card(368, 144) })
    expect(room).toEqual({
      place: { x: 184, y: 0 },
      moved: { next: { x: 368, y: 0 }, after: { x: 552, y: 0 }, below: { x: 552, y: 144 } },
    })
  })

  it('moves nothing when there is room', () => {
    expect(makeRoom({ x: 240, y: 8 }, size, card(0), { next: card(480) })).toEqual({
      place: { x: 240, y: 8 },
      moved: {},
    })
  })

  it('leaves cards alone that stand further left', () => {
    const room = makeRoom({ x: 184, y: 0 }, size, card(0), { next: card(200), back: card(-400, 200) })
    expect(room.moved).toEqual({ next: { x: 368, y: 0 } })
  })
})

describe('moveInto', () => {
  const view = { width: 800, height: 500 }

  it('leaves the view alone when everything is seen', () => {
    expect(moveInto({ x: 100, y: 100, width: 160, height: 56 }, view)).toEqual({ x: 0, y: 0 })
  })

  it('moves no further than needed', () => {
    expect(moveInto({ x: -60, y: 480, width: 160, height: 56 }, view)).toEqual({ x: 92, y: -68 })
    expect(moveInto({ x: 790, y: 10, width: 160, height: 56 }, view)).toEqual({ x: -182, y: 22 })
  })

  it('shows the beginning of what is too large', () => {
    expect(moveInto({ x: 200, y: 100, width: 2000, height: 56 }, view)).toEqual({ x: -168, y: 0 })
  })
})

describe('wires', () => {
  const straight = { from: { x: 0, y: 0 }, to: { x: 100, y: 0 } }

  it('begins and ends at the ports', () => {
    const points = pointsAlong({ from: { x: 1, y: 2 }, to: { x: 30, y: 40 } })
    expect(points[0]).toEqual({ x: 1, y: 2 })
    expect(points.at(-1)).toEqual({ x: 30, y: 40 })
    // Symmetric: the middle of the curve is the middle of its ends.
    expect(points[12]?.x).toBeCloseTo(15.5)
    expect(points[12]?.y).toBeCloseTo(21)
  })

  it('is drawn as it is measured', () => {
    expect(wirePath({ from: { x: 0, y: 0 }, to: { x: 100, y: 20 } })).toBe('M0,0 C50,0 50,20 100,20')
    // Little room: the curve still leaves and arrives level.
    expect(wirePath({ from: { x: 0, y: 0 }, to: { x: 10, y: 80 } })).toBe('M0,0 C40,0 -30,80 10,80')
  })

  it('measures the distance to the curve', () => {
    expect(distanceToWire({ x: 50, y: 7 }, straight)).toBeCloseTo(7)
    expect(distanceToWire({ x: 110, y: 0 }, straight)).toBeCloseTo(10)
  })

  it('reaches out to the right when it runs backwards', () => {
    const points = pointsAlong({ from: { x: 100, y: 0 }, to: { x: 0, y: 100 } })
    expect(Math.max(...points.map((point) => point.x))).toBeGreaterThan(100)
    expect(Math.min(...points.map((point) => point.x))).toBeLessThan(0)
  })

  it('runs level between the cards when it leads to a row below or above', () => {
    const points = pointsAlong({ from: { x: 160, y: 28 }, to: { x: 0, y: 148 } })
    expect(points[0]).toEqual({ x: 160, y: 28 })
    expect(points.at(-1)).toEqual({ x: 0, y: 148 })
    expect(points.slice(8, 17).every(({ y }) => y === 88)).toBe(true)
    expect(wirePath({ from: { x: 160, y: 148 }, to: { x: 40, y: 28 } })).toBe(
      'M160,148 C188,148 188,88 160,88 C120,88 80,88 40,88 C12,88 12,28 40,28',
    )
  })

  it('finds the nearest wire within reach only', () => {
    const wires = { far: { from: { x: 0, y: 40 }, to: { x: 100, y: 40 } }, near: straight }
    expect(wireAt({ x: 50, y: 8 }, wires, 24)).toBe('near')
    expect(wireAt({ x: 50, y: 35 }, wires, 24)).toBe('far')
    expect(wireAt({ x: 50, y: 90 }, wires, 24)).toBeNull()
  })
})

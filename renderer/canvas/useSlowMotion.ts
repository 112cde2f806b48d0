import { type RefObject, useEffect } from 'react'

/** Milliseconds between two pictures of what moves as long as a model trains. */
const BEAT = 125

/**
 * Moves what the style sheets leave paused (glowing cards, pulses on wires) a few times a second while `moving`. At sixty pictures
 * a second they took a fifth of a processor that the training itself can use.
 */
export function useSlowMotion(region: RefObject<HTMLElement | null>, moving: boolean): void {
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => {
      const animations = region.current?.getAnimations({ subtree: true }) ?? []
      for (const animation of animations) {
        if (animation.playState === 'paused') animation.currentTime = performance.now()
      }
    }, BEAT)
    return () => clearInterval(timer)
  }, [region, moving])
}

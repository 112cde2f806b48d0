import { type RefObject, useEffect } from 'react'
import { telemetry } from '../run/telemetry'

/** Milliseconds without news after which things move all the same. */
const PATIENCE = 250

/**
 * Moves what the style sheets leave paused (glowing cards, pulses on wires) with the news of the run while `moving`, so that both
 * are one picture, about six times a second. At sixty they took a fifth of a processor that the training itself can use.
 */
export function useSlowMotion(region: RefObject<HTMLElement | null>, moving: boolean): void {
  useEffect(() => {
    if (!moving) return
    let timer = 0
    const advance = (): void => {
      clearTimeout(timer)
      timer = window.setTimeout(advance, PATIENCE)
      const animations = region.current?.getAnimations({ subtree: true }) ?? []
      for (const animation of animations) {
        if (animation.playState === 'paused') animation.currentTime = performance.now()
      }
    }
    advance()
    const end = telemetry.subscribe(advance)
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [region, moving])
}

import { z } from 'zod'

export const windowStateSchema = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(960).max(20_000),
  height: z.number().int().min(640).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

export const DEFAULT_WINDOW: WindowState = { width: 1280, height: 800, maximized: false }

interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** The remembered place, unless no screen shows its title bar any more: then the size alone. */
export function placeOnScreens(state: WindowState, screens: readonly Area[]): WindowState {
  const { x, y, width, height, maximized } = state
  if (x === undefined || y === undefined) return state
  const reachable = screens.some(
    (area) => x + width > area.x + 80 && x < area.x + area.width - 80 && y >= area.y && y < area.y + area.height - 40,
  )
  return reachable ? state : { width, height, maximized }
}

import { z } from 'zod'

/** What the window remembers between starts: which panels are open and how large, and the user's settings. */

export const RAIL_PANELS = ['nodes', 'data', 'samples', 'runs', 'outline', 'versions'] as const
export type RailPanel = (typeof RAIL_PANELS)[number]

export const DOCK_TABS = ['overview', 'loss', 'gates', 'compare', 'plan', 'problems'] as const
export type DockTab = (typeof DOCK_TABS)[number]

export type ThemeChoice = 'system' | 'light' | 'dark'

/** Whether things move: as the system says, as little as can be (`less`), or always in full. */
export type MotionChoice = 'system' | 'less' | 'full'

/** Sizes of the whole window, in per cent. */
export const SCALES = [80, 90, 100, 110, 125, 150, 175, 200] as const
export const NORMAL_SCALE = 100

/** The next larger (`by` 1) or smaller (-1) size; the same one at the end. */
export function nextScale(scale: number, by: 1 | -1): number {
  const further = SCALES.filter((one) => (by > 0 ? one > scale : one < scale))
  return (by > 0 ? further[0] : further.at(-1)) ?? scale
}

/** Threads that a run may ask for. */
export const MAX_THREADS = 64

/** Pixels: smallest, until the user chooses another (in a wide window), largest. */
export const PANEL_SIZES = {
  left: { minimum: 176, usual: 200, usualWide: 248, maximum: 420 },
  right: { minimum: 240, usual: 276, usualWide: 320, maximum: 480 },
  dock: { minimum: 140, usual: 250, usualWide: 300, maximum: 720 },
} as const
export type PanelName = keyof typeof PANEL_SIZES

export const usualSize = (panel: PanelName, wide: boolean): number =>
  wide ? PANEL_SIZES[panel].usualWide : PANEL_SIZES[panel].usual

/** The sizes as they are, but those that nobody chose as a window that is wide, or not, usually has them. */
export function unchosenSizes(sizes: AppLayout['sizes'], wide: boolean): AppLayout['sizes'] {
  const sized = (panel: PanelName) => (sizes[panel] === usualSize(panel, !wide) ? usualSize(panel, wide) : sizes[panel])
  return { left: sized('left'), right: sized('right'), dock: sized('dock') }
}

/** Width of the canvas and height of what is above the dock that panels may never take. */
const CANVAS_WIDTH = 320
const CANVAS_HEIGHT = 200

const layoutSchema = z.object({
  /** null: the panel beside the rail is closed. */
  rail: z.enum(RAIL_PANELS).nullable(),
  dock: z.enum(DOCK_TABS),
  dockOpen: z.boolean(),
  sizes: z.object({ left: z.number(), right: z.number(), dock: z.number() }),
  theme: z.enum(['system', 'light', 'dark']),
  // Younger than the others: what an older start left behind does not have them.
  inspectorOpen: z.boolean().catch(true),
  motion: z.enum(['system', 'less', 'full']).catch('system'),
  scale: z.number().min(80).max(200).catch(NORMAL_SCALE),
  /** null: the engine chooses. */
  threads: z.number().int().min(1).max(MAX_THREADS).nullable().catch(null),
})
export type AppLayout = z.infer<typeof layoutSchema>

export const initialLayout: AppLayout = {
  rail: 'nodes',
  dock: 'overview',
  dockOpen: true,
  sizes: { left: usualSize('left', false), right: usualSize('right', false), dock: usualSize('dock', false) },
  theme: 'system',
  inspectorOpen: true,
  motion: 'system',
  scale: NORMAL_SCALE,
  threads: null,
}

/** The layout that `text` holds; the initial one when it is absent, broken or from another version. */
export function readLayout(text: string | null): AppLayout {
  if (text === null) return initialLayout
  try {
    const parsed = layoutSchema.safeParse(JSON.parse(text))
    return parsed.success ? { ...parsed.data, sizes: boundSizes(parsed.data.sizes) } : initialLayout
  } catch (error) {
    if (error instanceof SyntaxError) return initialLayout
    throw error
  }
}

function boundSizes(sizes: AppLayout['sizes']): AppLayout['sizes'] {
  const bound = (name: PanelName) =>
    Math.round(Math.max(PANEL_SIZES[name].minimum, Math.min(PANEL_SIZES[name].maximum, sizes[name])))
  return { left: bound('left'), right: bound('right'), dock: bound('dock') }
}

/** Largest size of a panel in a window of this inner size, so that the canvas always keeps its room. */
export function largestSize(
  name: PanelName,
  sizes: AppLayout['sizes'],
  room: { width: number; height: number },
): number {
  const { minimum, maximum } = PANEL_SIZES[name]
  const left = {
    left: room.width - sizes.right - CANVAS_WIDTH,
    right: room.width - sizes.left - CANVAS_WIDTH,
    dock: room.height - CANVAS_HEIGHT,
  }[name]
  return Math.max(minimum, Math.min(maximum, left))
}

import { createTheme, type VariantColorsResolver } from '@mantine/core'

/** Buttons and the like in our tokens; Mantine's own resolver writes white on the accent, which is too faint in the dark theme. */
const variantColorResolver: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'red'
  const strong = danger ? 'var(--danger)' : 'var(--accent)'
  const soft = danger ? 'var(--danger-soft)' : 'var(--accent-soft)'
  switch (variant) {
    case 'filled':
      return {
        background: strong,
        hover: danger ? strong : 'var(--accent-hover)',
        color: danger ? 'var(--danger-text)' : 'var(--accent-text)',
        border: '1px solid transparent',
      }
    case 'light':
      return { background: soft, hover: soft, color: strong, border: '1px solid transparent' }
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--surface-hover)',
        color: danger ? strong : 'var(--text-dim)',
        hoverColor: danger ? strong : 'var(--text)',
        border: '1px solid transparent',
      }
    case 'transparent':
      return { background: 'transparent', hover: 'transparent', color: strong, border: '1px solid transparent' }
    case 'outline':
      return { background: 'transparent', hover: soft, color: strong, border: `1px solid ${strong}` }
    default:
      return {
        background: 'var(--surface-raised)',
        hover: 'var(--surface-hover)',
        color: 'var(--text)',
        border: '1px solid var(--border)',
      }
  }
}

/** Behaviour and sizes of Mantine's components; their colours are variables in mantine.css. @param still nothing moves */
export function makeTheme(still: boolean) {
  const quick = { duration: still ? 0 : 120 }
  return createTheme({
    fontFamily: 'var(--font)',
    defaultRadius: 'md',
    cursorType: 'pointer',
    // The user's own choice counts; the provider knows what the system says.
    respectReducedMotion: false,
    variantColorResolver,
    components: {
      ActionIcon: { defaultProps: { variant: 'subtle', size: 32 } },
      Button: { defaultProps: { size: 'sm' } },
      Checkbox: { defaultProps: { size: 'xs' } },
      Menu: { defaultProps: { shadow: 'md', transitionProps: quick } },
      // The page never scrolls, so there is nothing to lock; the lock would add a style element.
      Modal: { defaultProps: { centered: true, lockScroll: false, radius: 'lg', transitionProps: quick } },
      MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { transitionProps: quick, shadow: 'md' } } },
      NumberInput: { defaultProps: { size: 'sm' } },
      Portal: { defaultProps: { target: '#floating', reuseTargetNode: false } },
      Popover: { defaultProps: { shadow: 'md', transitionProps: quick } },
      RangeSlider: { defaultProps: { size: 4, thumbSize: 14 } },
      SegmentedControl: { defaultProps: { size: 'sm', transitionDuration: quick.duration } },
      Select: {
        defaultProps: { size: 'sm', allowDeselect: false, comboboxProps: { transitionProps: quick, shadow: 'md' } },
      },
      Slider: { defaultProps: { size: 4, thumbSize: 14 } },
      Spotlight: { defaultProps: { lockScroll: false, transitionProps: quick } },
      Switch: { defaultProps: { size: 'sm' } },
      TextInput: { defaultProps: { size: 'sm' } },
      Tooltip: { defaultProps: { openDelay: 400, transitionProps: quick, withArrow: false } },
    },
  })
}

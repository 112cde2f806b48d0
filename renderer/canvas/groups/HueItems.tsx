import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { Hue } from '../../../engine/document/layoutSchema'
import { HUES } from './groupActs'
import styles from './HueItems.module.css'

/** The hues as a row of the menu. */
export function HueItems({ hue, onChoose }: { hue: Hue; onChoose: (hue: Hue) => void }) {
  return (
    <>
      <Menu.Label>Colour</Menu.Label>
      <div className={styles.row}>
        {HUES.map((one) => (
          <Menu.Item
            key={one}
            className={styles.hue ?? ''}
            data-hue={one}
            aria-label={`${one}${one === hue ? ', now' : ''}`}
            title={one}
            onClick={() => onChoose(one)}
          >
            {one === hue && <IconCheck size={14} aria-hidden="true" />}
          </Menu.Item>
        ))}
      </div>
    </>
  )
}

import { type KeyboardEvent, useId, useState } from 'react'
import type { CategoryKey } from '../nodes/categories'
import { IconTile } from '../nodes/IconTile'
import styles from './PickList.module.css'

/** One line of a list that is searched: a node, or a type of them. */
export interface PickOption {
  /** Unique in the list. */
  key: string
  letter: string
  category: CategoryKey
  name: string
  /** One line below the name. */
  summary: string
}

export interface PickGroup {
  /** For those who do not see the list; above the group, too, while nothing is searched. */
  title: string
  options: readonly PickOption[]
}

/** A field and the list that answers it: type a few letters, go with the arrow keys, press Enter. */
export function PickList(props: {
  /** Name of the field. */
  label: string
  listLabel: string
  placeholder: string
  /** Said where nothing answers. */
  nothing: string
  /** What answers these letters, best first. */
  find: (text: string) => readonly PickGroup[]
  onChoose: (key: string) => void
}) {
  const { label, listLabel, placeholder, nothing, find, onChoose } = props
  const list = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const groups = find(text)
  const shown = groups.flatMap(({ options }) => options)
  const at = Math.min(active, shown.length - 1)
  const chosen = shown[at]
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setActive((at + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      onChoose(chosen.key)
    }
  }
  return (
    <>
      <input
        className={styles.field}
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen ? `${list}-${chosen.key}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={press}
      />
      <div className={styles.list} id={list} role="listbox" aria-label={listLabel}>
        {groups.map(({ title, options }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
          <div key={title} role="group" aria-label={title}>
            {text.trim() === '' && groups.length > 1 && <div className={styles.title}>{title}</div>}
            {options.map((option) => (
              <Option
                key={option.key}
                id={`${list}-${option.key}`}
                option={option}
                active={option === chosen}
                onHover={() => setActive(shown.indexOf(option))}
                onChoose={() => onChoose(option.key)}
              />
            ))}
          </div>
        ))}
        {shown.length === 0 && <div className={styles.nothing}>{nothing}</div>}
      </div>
    </>
  )
}

function Option(props: { id: string; option: PickOption; active: boolean; onHover: () => void; onChoose: () => void }) {
  const { id, option, active, onHover, onChoose } = props
  return (
    // The keys go to the search field, which points here by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={styles.option}
      data-active={active}
      onPointerMove={onHover}
      onClick={onChoose}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' })
      }}
    >
      <IconTile letter={option.letter} category={option.category} />
      <span className={styles.name}>{option.name}</span>
      <span className={styles.summary}>{option.summary}</span>
    </div>
  )
}

import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import styles from './Inspector.module.css'
import { NodePicture } from './pictures/NodePicture'
import { boundsWords } from './settingWords'

/** A node in words: what it does, why it helps, when to take it, and what each setting is for. */
export function ExplainTab({ definition }: { definition: AnyNodeDefinition }) {
  const { help, settings } = definition
  return (
    <div className={styles.explain}>
      <NodePicture definition={definition} />
      <h3>What it does</h3>
      <p>{help.what}</p>
      <h3>Why it helps</h3>
      <p>{help.why}</p>
      <h3>When to use it</h3>
      <p>{help.when}</p>
      {Object.keys(settings).length > 0 && <h3>Its settings</h3>}
      <dl>
        {Object.entries(settings).map(([key, setting]) => (
          <div key={key}>
            <dt>{setting.label}</dt>
            <dd>
              {setting.help} {boundsWords(setting)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

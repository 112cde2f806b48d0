import type { ReactNode } from 'react'
import { assertNever } from '../../../engine/base/invariant'
import type { AnyNodeDefinition, Category } from '../../../engine/nodes/defineNode'
import type { Picture } from '../../../engine/nodes/picture'
import { categories } from '../../nodes/categories'
import { AnswerPicture } from './AnswerPicture'
import { SHEET } from './drawing'
import {
  AttentionPicture,
  BlockPicture,
  BothWaysPicture,
  CellPicture,
  FadingPicture,
  LayersPicture,
} from './memoryPictures'
import styles from './NodePicture.module.css'
import { CurvePicture, EvenPicture, ExamplesPicture, HidePicture, LookUpPicture, WavesPicture } from './numberPictures'
import {
  GatherPicture,
  JoinPicture,
  MixPicture,
  PassPicture,
  RepeatPicture,
  ReversePicture,
  WindowPicture,
} from './shapePictures'

/** What stands for a category where a definition names no picture of its own. */
const OF_CATEGORY: Readonly<Record<Category, Picture>> = {
  data: { kind: 'examples' },
  remember: { kind: 'cell', gates: [], mixes: 'mix' },
  attend: { kind: 'attention', looksAt: 'itself' },
  represent: { kind: 'mix' },
  shape: { kind: 'pass' },
  output: { kind: 'answer', says: 'number' },
}

/** The small picture that explains a node. It says nothing that the words below it do not say. */
export function NodePicture({ definition }: { definition: Pick<AnyNodeDefinition, 'picture' | 'category'> }) {
  const picture = definition.picture ?? OF_CATEGORY[definition.category]
  return (
    <svg
      className={styles.picture}
      data-hue={categories[definition.category].hue}
      data-picture={picture.kind}
      viewBox={`0 0 ${SHEET.width} ${SHEET.height}`}
      aria-hidden="true"
    >
      {draw(picture)}
    </svg>
  )
}

function draw(picture: Picture): ReactNode {
  switch (picture.kind) {
    case 'cell':
      return <CellPicture gates={picture.gates} {...(picture.mixes === undefined ? {} : { mixes: picture.mixes })} />
    case 'fading':
      return <FadingPicture />
    case 'attention':
      return <AttentionPicture looksAt={picture.looksAt} />
    case 'bothWays':
      return <BothWaysPicture />
    case 'layers':
      return <LayersPicture />
    case 'block':
      return <BlockPicture parts={picture.parts} />
    case 'gather':
      return <GatherPicture keeps={picture.keeps} />
    case 'repeat':
      return <RepeatPicture />
    case 'reverse':
      return <ReversePicture />
    case 'window':
      return <WindowPicture />
    case 'mix':
      return <MixPicture />
    case 'lookUp':
      return <LookUpPicture />
    case 'waves':
      return <WavesPicture />
    case 'curve':
      return <CurvePicture />
    case 'even':
      return <EvenPicture />
    case 'hide':
      return <HidePicture />
    case 'join':
      return <JoinPicture how={picture.how} />
    case 'pass':
      return <PassPicture />
    case 'answer':
      return <AnswerPicture says={picture.says} />
    case 'examples':
      return <ExamplesPicture />
    default:
      return assertNever(picture)
  }
}

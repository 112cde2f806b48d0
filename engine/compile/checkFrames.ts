import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { Position } from '../document/layoutSchema'
import type { Model, UnrollDocument } from '../document/schema'
import { positionOf } from './adapters'
import { dissolveFrame } from './dissolveFrame'
import { fillFrame } from './fillFrame'
import { framesAround, nestingOf } from './frames'
import { diagnose, type ShapedNode, severityOf } from './graph'
import { titleOf } from './titles'

interface FramesInput {
  document: UnrollDocument
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  data: DataSummary | null
}

/** Is there something in every frame, nothing that cannot be repeated, and nothing that reads off what it is to foretell? */
export function checkFrames(input: FramesInput): Diagnostic[] {
  const { nodes } = input
  const holders = new Set([...nodes.values()].map(({ parent }) => parent))
  return [...nodes.values()].flatMap((node) => {
    const { frame } = node.definition
    if (node.parent !== null && standsOnlyOutside(node)) return [heldInVain(input, node)]
    if (!frame || !node.used) return []
    if (!holders.has(node.id)) return [empty(input, node)]
    return frame.looksAhead === true && input.data?.target.kind === 'symbol' ? [seesAhead(input, node)] : []
  })
}

/** The data set and the outputs: there is one input and one loss, however often a frame repeats what it holds. */
function standsOnlyOutside({ definition }: ShapedNode): boolean {
  return definition.isHead === true || definition.count === 'exactlyOne'
}

function heldInVain({ document, model }: FramesInput, node: ShapedNode): Diagnostic {
  const frame = node.parent ?? ''
  const place = { kind: 'node', model: model.id, node: node.id } as const
  const positions = { [node.id]: outside(document, model, node.id) }
  return diagnose(
    'error',
    'frame.outside',
    place,
    `${node.title} cannot be repeated, so it must stand outside ${titleOf(model, frame)}. Take it out.`,
    {
      label: `Take ${node.title} out`,
      edits: [{ kind: 'setParent', model: model.id, nodes: [node.id], parent: null, positions }],
    },
  )
}

/** Where a card stands on the sheet outside all frames. */
function outside(document: UnrollDocument, model: Model, id: string): Position {
  const place = positionOf(document, model, id)
  for (const frame of framesAround(nestingOf(model), id)) {
    const corner = positionOf(document, model, frame)
    place.x += corner.x
    place.y += corner.y
  }
  return place
}

function empty({ model }: FramesInput, node: ShapedNode): Diagnostic {
  const place = { kind: 'node', model: model.id, node: node.id } as const
  const sentence = `${node.title} is empty: there is nothing in it that could work. Put an LSTM or another layer into it.`
  return diagnose(severityOf(node), 'frame.empty', place, sentence, fillFrame(model, node.id))
}

function seesAhead({ document, model, data }: FramesInput, node: ShapedNode): Diagnostic {
  const unit = data?.target.kind === 'symbol' ? data.target.unit : 'symbol'
  return diagnose(
    severityOf(node),
    'frame.seesAhead',
    { kind: 'node', model: model.id, node: node.id },
    `${node.title} also reads from the end, so the model can read off the next ${unit} instead of learning to foretell it. Take away ${node.title} and keep what it holds.`,
    {
      label: `Take away ${node.title}, keep what it holds`,
      edits: dissolveFrame(document, model, node.id),
    },
  )
}

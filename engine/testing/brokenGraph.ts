import fc from 'fast-check'
import { present } from '../base/invariant'
import type { GraphNode, Model } from '../document/schema'
import { nodeDefinitions } from '../nodes/index'
import { type Draw, drawFrom } from './draw'
import type { RandomGraph } from './growGraph'
import { validGraphs } from './randomGraph'

/** Values that no setting, or nearly none, should take. */
const ABSURD: readonly unknown[] = [
  -1,
  0,
  0.5,
  1e308,
  -1e9,
  null,
  '',
  'tanh',
  'many',
  true,
  [],
  {},
  [1, 2],
  { hidden: 3 },
]

/**
 * Graphs as a careless hand might leave them: wires cut, crossed, doubled or leading nowhere, circles, wrong kinds, absurd settings,
 * unknown types, nodes too many or too few, frames that hold nothing, themselves or what they cannot. Some happen to be sound.
 */
export const brokenGraphs: fc.Arbitrary<RandomGraph> = fc
  .tuple(validGraphs, fc.array(fc.nat(9999), { minLength: 12, maxLength: 60 }))
  .map(([graph, numbers]) => {
    const draw = drawFrom(numbers)
    const model = structuredClone(present(graph.document.models[0], 'a random graph has a model'))
    for (let breakage = draw(5); breakage >= 0; breakage--) breakModel(model, draw)
    return { ...graph, document: { ...graph.document, models: [model] } }
  })

function breakModel(model: Model, draw: Draw): void {
  const nodes = Object.keys(model.nodes)
  const wires = Object.keys(model.wires)
  const node = nodes[draw(Math.max(1, nodes.length))]
  const other = nodes[draw(Math.max(1, nodes.length))]
  const wire = wires[draw(Math.max(1, wires.length))]
  if (node === undefined || other === undefined) return
  switch (draw(15)) {
    case 0:
      if (wire !== undefined) delete model.wires[wire]
      break
    case 1:
      // Its wires stay behind and lead nowhere.
      delete model.nodes[node]
      break
    case 2:
      model.wires[`extra-${draw(9999)}`] = { from: { node, port: 'out' }, to: { node: other, port: 'in' } }
      break
    case 3:
      model.wires[`odd-${draw(9999)}`] = {
        from: { node, port: ['out', 'in', 'up'][draw(3)] ?? '' },
        to: { node: draw(2) === 0 ? other : 'nobody', port: ['in', 'out', 'down'][draw(3)] ?? '' },
      }
      break
    case 4: {
      const settings = Object.keys(nodeDefinitions[nodeOf(model, node).type]?.settings ?? {})
      const key = settings[draw(Math.max(1, settings.length))] ?? 'future'
      nodeOf(model, node).settings[key] = ABSURD[draw(ABSURD.length)]
      break
    }
    case 5:
      nodeOf(model, node).type = ['wormhole', 'LSTM', 'data set', ...Object.keys(nodeDefinitions)][draw(8)] ?? 'lstm'
      break
    case 6:
      model.nodes[`new${draw(9999)}`] = { type: ['dataset', 'lstm', 'classify', 'dense'][draw(4)] ?? '', settings: {} }
      break
    case 7:
      nodeOf(model, node).parent = draw(2) === 0 ? other : 'nobody'
      break
    case 8: {
      // A frame in what it holds, or in itself.
      const { parent } = nodeOf(model, node)
      const frame = parent !== undefined && Object.hasOwn(model.nodes, parent) ? parent : node
      nodeOf(model, frame).parent = draw(2) === 0 ? node : other
      break
    }
    case 9: {
      const frame = nodes.find((id) => nodeDefinitions[nodeOf(model, id).type]?.frame) ?? node
      nodeOf(model, draw(2) === 0 ? node : other).parent = frame
      break
    }
    case 10:
      // Through walls, past everything, or from the wrong side.
      model.wires[`wall-${draw(9999)}`] = {
        from: { node, port: ['enter', 'out', 'leave'][draw(3)] ?? '' },
        to: { node: draw(2) === 0 ? node : other, port: ['leave', 'in', 'enter'][draw(3)] ?? '' },
      }
      break
    case 11:
      model.nodes[`frame${draw(9999)}`] = {
        type: ['stack', 'bidirectional'][draw(2)] ?? '',
        settings: { times: [64, 1, 3][draw(3)] },
        ...(draw(2) === 0 ? { parent: node } : {}),
      }
      break
    case 12:
      for (const [id, { parent }] of Object.entries(model.nodes)) if (parent === node) delete model.nodes[id]
      break
    case 13:
      nodeOf(model, node).bypassed = true
      nodeOf(model, other).bypassed = true
      break
    default:
      // Everything of one type is gone.
      for (const [id, { type }] of Object.entries(model.nodes)) {
        if (type === nodeOf(model, node).type && id !== node) delete model.nodes[id]
      }
      delete model.nodes[node]
  }
}

function nodeOf(model: Model, id: string): GraphNode {
  return present(model.nodes[id], `no node ${id}`)
}

import type { DataDefinition } from '../../engine/document/schema'
import type { ChoiceSetting, IntegerSetting } from '../../engine/nodes/settings'

/** A field of the form: the key in the definition, and how it is set. */
export interface DataField {
  key: string
  setting: IntegerSetting | ChoiceSetting
}

function whole(
  key: string,
  label: string,
  help: string,
  minimum: number,
  maximum: number,
  standard: number,
  unit = '',
): DataField {
  return { key, setting: { kind: 'integer', label, help, minimum, maximum, default: standard, unit } }
}

function choice(
  key: string,
  label: string,
  help: string,
  options: readonly { value: string; label: string; help?: string }[],
): DataField {
  return { key, setting: { kind: 'choice', label, help, options, default: options[0]?.value ?? '' } }
}

const unitField = choice(
  'unit',
  'One symbol is a',
  'Letters need longer windows but know every word; words are fewer steps but many symbols.',
  [
    { value: 'letter', label: 'Letter' },
    { value: 'word', label: 'Word' },
  ],
)

const rarest = whole(
  'minimumCount',
  'Rarest symbol counts',
  'A symbol that occurs less often in the training part becomes “unknown”: nothing can be learned from so few.',
  1,
  1_000_000,
  1,
  'times',
)

function plural(word: string): string {
  return word.endsWith('s') ? word : `${word}s`
}

/** The fields that every definition of this kind has besides columns and parts, in the order of the form. */
export function dataFields(data: DataDefinition): readonly DataField[] {
  switch (data.kind) {
    case 'forecast': {
      const steps = plural(data.stepWord || 'row')
      return [
        whole(
          'window',
          'Looks back',
          `How many ${steps} the model sees before it has to answer.`,
          1,
          10_000,
          30,
          steps,
        ),
        whole(
          'horizon',
          'Looks ahead',
          `How many ${steps} after the last seen one it foretells; 1 is the next.`,
          1,
          10_000,
          1,
          steps,
        ),
        whole(
          'stride',
          'Between examples',
          `${capital(steps)} from one example to the next. 1 uses every one.`,
          1,
          10_000,
          1,
          steps,
        ),
        choice(
          'scaling',
          'Scaling',
          'Brings columns of different size to one scale, measured on the training part only.',
          [
            { value: 'standard', label: 'To equal spread', help: 'Mean 0 and deviation 1; the usual choice' },
            { value: 'range', label: 'To 0 … 1', help: 'Smallest becomes 0, largest 1' },
            { value: 'none', label: 'As they are' },
          ],
        ),
        choice('missing', 'Empty cells', 'What happens where the table has no number.', [
          { value: 'previous', label: 'Take the value before' },
          { value: 'skip', label: 'Leave such examples out' },
        ]),
      ]
    }
    case 'nextSymbol':
      return [
        unitField,
        whole(
          'window',
          'Looks back',
          'How many symbols the model sees at once. Longer windows let it learn from further back, and take longer.',
          1,
          10_000,
          64,
          plural(data.unit),
        ),
        rarest,
      ]
    case 'classify':
      return [
        unitField,
        whole('maximumLength', 'Longest text', 'Longer texts are cut off here.', 1, 10_000, 64, plural(data.unit)),
        rarest,
      ]
    case 'generator':
      return [
        whole(
          'length',
          'Length',
          'Time steps of one example. The longer, the further back the model has to remember.',
          2,
          10_000,
          50,
          'steps',
        ),
        whole('examples', 'Examples', 'How many are made, for all parts together.', 10, 1_000_000, 5000),
      ]
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

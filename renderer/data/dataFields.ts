import { RECALL_CHOICES } from '../../engine/data/delayedRecall'
import { plural } from '../../engine/data/describeData'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { ChoiceSetting, IntegerSetting } from '../../engine/nodes/settings'

/** A field of the form: the key in the definition, and how it is set. */
export interface DataField {
  key: string
  setting: IntegerSetting | ChoiceSetting
}

type Whole = Omit<IntegerSetting, 'kind'>
type Choice = Omit<ChoiceSetting, 'kind' | 'default'>

/** `unit` in the singular: the form shows it in the number of the value. */
function whole(key: string, setting: Whole, value: number): DataField {
  const unit = setting.unit === undefined ? {} : { unit: value === 1 ? setting.unit : plural(setting.unit) }
  return { key, setting: { kind: 'integer', ...setting, ...unit } }
}

function choice(key: string, setting: Choice): DataField {
  return { key, setting: { kind: 'choice', ...setting, default: setting.options[0]?.value ?? '' } }
}

const unitField = choice('unit', {
  label: 'One symbol is a',
  help: 'Letters need longer windows but know every word; words are fewer steps but many symbols.',
  options: [
    { value: 'letter', label: 'Letter' },
    { value: 'word', label: 'Word' },
  ],
})

function rarestField(value: number): DataField {
  return whole(
    'minimumCount',
    {
      label: 'Rarest symbol counts',
      help: 'A symbol that occurs less often in the training part becomes “unknown”: nothing can be learned from so few.',
      minimum: 1,
      maximum: 1_000_000,
      default: 1,
      unit: 'time',
    },
    value,
  )
}

const taskField = choice('generator', {
  label: 'Task',
  help: 'What is made. Each task can be solved only by remembering what was shown long before.',
  options: [
    { value: 'adding', label: 'Adding problem', help: 'Add up the two marked numbers: a number to foretell' },
    { value: 'recall', label: 'Delayed recall', help: 'Say at the end which letter came first: a class to tell' },
  ],
})

function choicesField(value = RECALL_CHOICES): DataField {
  return whole(
    'choices',
    {
      label: 'Letters to remember',
      help: 'The first letter is one of so many. With more of them guessing is right less often.',
      minimum: 2,
      maximum: 26,
      default: RECALL_CHOICES,
      unit: 'letter',
    },
    value,
  )
}

const scalingField = choice('scaling', {
  label: 'Scaling',
  help: 'Brings columns of different size to one scale, measured on the training part only.',
  options: [
    { value: 'standard', label: 'To equal spread', help: 'Mean 0 and deviation 1; the usual choice' },
    { value: 'range', label: 'To 0 … 1', help: 'Smallest becomes 0, largest 1' },
    { value: 'none', label: 'As they are' },
  ],
})

const missingField = choice('missing', {
  label: 'Empty cells',
  help: 'What happens where the table has no number.',
  options: [
    { value: 'previous', label: 'Take the value before' },
    { value: 'skip', label: 'Leave such examples out' },
  ],
})

/** The fields that a definition of this kind has besides columns and parts, in the order of the form. */
export function dataFields(data: DataDefinition): readonly DataField[] {
  switch (data.kind) {
    case 'forecast': {
      const unit = data.stepWord || 'row'
      const bounds = { minimum: 1, maximum: 10_000, unit }
      return [
        whole(
          'window',
          {
            ...bounds,
            label: 'Looks back',
            help: `How many ${plural(unit)} the model sees before it has to answer.`,
            default: 30,
          },
          data.window,
        ),
        whole(
          'horizon',
          {
            ...bounds,
            label: 'Looks ahead',
            help: `How many ${plural(unit)} after the last seen one it foretells; 1 is the next.`,
            default: 1,
          },
          data.horizon,
        ),
        whole(
          'stride',
          {
            ...bounds,
            label: 'Between examples',
            help: `How many ${plural(unit)} lie between one example and the next; 1 uses every one.`,
            default: 1,
          },
          data.stride,
        ),
        scalingField,
        missingField,
      ]
    }
    case 'nextSymbol':
      return [
        unitField,
        whole(
          'window',
          {
            label: 'Looks back',
            help: 'How many symbols the model sees at once. Longer windows let it learn from further back, and take longer.',
            minimum: 1,
            maximum: 10_000,
            default: 64,
            unit: data.unit,
          },
          data.window,
        ),
        rarestField(data.minimumCount),
      ]
    case 'classify':
      return [
        unitField,
        whole(
          'maximumLength',
          {
            label: 'Longest text',
            help: 'Longer texts are cut off here.',
            minimum: 1,
            maximum: 10_000,
            default: 64,
            unit: data.unit,
          },
          data.maximumLength,
        ),
        rarestField(data.minimumCount),
      ]
    case 'tag':
      return [
        choice('capitals', {
          label: 'Capital letters',
          help: 'Kept, “Apple” and “apple” are two words: capitals tell names apart, but each word is seen less often.',
          options: [
            { value: 'keep', label: 'Keep them' },
            { value: 'ignore', label: 'Ignore them' },
          ],
        }),
        whole(
          'maximumLength',
          {
            label: 'Longest text',
            help: 'Longer texts are cut off here.',
            minimum: 1,
            maximum: 10_000,
            default: 64,
            unit: 'word',
          },
          data.maximumLength,
        ),
        rarestField(data.minimumCount),
      ]
    case 'pairs': {
      const units = (of: string, key: string) =>
        choice(key, {
          label: `One symbol of the ${of} is a`,
          help: 'Words are what stands between spaces, such as the sounds of a pronunciation.',
          options: [
            { value: 'letter', label: 'Letter' },
            { value: 'word', label: 'Word' },
          ],
        })
      const longest = (of: string, key: string, value: number) =>
        whole(
          key,
          {
            label: `Longest ${of}`,
            help: 'Rows with more symbols are left out.',
            minimum: 1,
            maximum: 5000,
            default: 40,
            unit: 'symbol',
          },
          value,
        )
      return [
        units('source', 'fromUnit'),
        units('answer', 'toUnit'),
        longest('source', 'maximumFrom', data.maximumFrom),
        longest('answer', 'maximumTo', data.maximumTo),
        rarestField(data.minimumCount),
      ]
    }
    case 'generator':
      return [
        taskField,
        whole(
          'length',
          {
            label: 'Length',
            help: 'Time steps of one example. The longer, the further back the model has to remember.',
            minimum: 2,
            maximum: 10_000,
            default: 50,
            unit: 'step',
          },
          data.length,
        ),
        whole(
          'examples',
          {
            label: 'Examples',
            help: 'How many are made, for all parts together.',
            minimum: 10,
            maximum: 1_000_000,
            default: 5000,
          },
          data.examples,
        ),
        ...(data.generator === 'recall' ? [choicesField(data.choices)] : []),
      ]
  }
}

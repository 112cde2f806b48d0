/** Kinds of settings. The inspector's form, the file check, the defaults and `unroll nodes` are all made from these. */

interface SettingBase {
  /** What the form shows: "Memory cells". */
  label: string
  /** One plain sentence: what it does, and what more or less of it brings. */
  help: string
  /** Shown after the number: "steps", "%". */
  unit?: string
  /** Shown only when it returns true for the node's other settings. */
  visible?: (settings: Readonly<Record<string, unknown>>) => boolean
}

export interface IntegerSetting extends SettingBase {
  kind: 'integer'
  minimum: number
  maximum: number
  default: number
  /** What 0 means, in a word or two, where it is no amount: "never". */
  zero?: string
  /** `automatic` also allows the value null: the compiler takes what the next node wants. */
  automatic?: boolean
  /** With `automatic`: a new node starts on automatic, and `default` is offered when that is switched off. */
  startsAutomatic?: boolean
}

export interface NumberSetting extends SettingBase {
  kind: 'number'
  minimum: number
  maximum: number
  step: number
  default: number
}

/** 0 … maximum, shown in per cent. */
export interface FractionSetting extends SettingBase {
  kind: 'fraction'
  maximum: number
  default: number
}

export interface ChoiceSetting<V extends string = string> extends SettingBase {
  kind: 'choice'
  options: readonly { value: V; label: string; help?: string }[]
  default: V
}

export interface SwitchSetting extends SettingBase {
  kind: 'switch'
  default: boolean
}

/** A word that only the data can say is right, such as the name of a tag; empty when there is none. */
export interface TextSetting extends SettingBase {
  kind: 'text'
  /** Characters at most. */
  maximumLength: number
  /** Shown while it is empty: "all count". */
  placeholder: string
  default: string
}

export type Setting = IntegerSetting | NumberSetting | FractionSetting | ChoiceSetting | SwitchSetting | TextSetting
export type SettingsSpec = Readonly<Record<string, Setting>>

/** `automatic?: boolean` (nothing known of the definition) may be null too. */
type ValueOf<S> = S extends { kind: 'integer'; automatic: true }
  ? number | null
  : IntegerSetting extends S
    ? number | null
    : S extends { kind: 'integer' | 'number' | 'fraction' }
      ? number
      : S extends ChoiceSetting<infer V>
        ? V
        : S extends { kind: 'switch' }
          ? boolean
          : S extends { kind: 'text' }
            ? string
            : never

export type SettingValues<S extends SettingsSpec> = { readonly [K in keyof S]: ValueOf<S[K]> }

'use client'
import { FieldDescription, FieldError, FieldLabel, useField, useFormFields } from '@payloadcms/ui'
import type { JSONFieldClientComponent } from 'payload'
import { CONDITION_FIELDS, type MappingRule } from '../domain/mapping.ts'
import type { FeedName } from '../domain/feed-names.ts'
import { feeds } from '../feeds/index.ts'
import './feeds.css'

const KINDS = {
  rename: 'Rename the column',
  constant: 'Fill the column',
  leaveOutIf: 'Leave a car out if',
  onlyIf: 'List a car only if',
} as const satisfies Record<MappingRule['kind'], string>
type Kind = keyof typeof KINDS
const FIRST_FIELD = 'make'

/** Edits the rules of a feed, one line for each. */
export const MappingField: JSONFieldClientComponent = ({ field, path: rendered, readOnly }) => {
  const { path, value, setValue, showError, disabled } = useField<unknown>({
    potentiallyStalePath: rendered,
  })
  const feed = useFormFields(([fields]) => fields['feed']?.value) as FeedName
  const columns = feeds[feed].columns.map(({ name }) => name)
  const rules = Array.isArray(value) ? (value as MappingRule[]) : []
  const isReadOnly = Boolean(readOnly) || disabled
  const replace = (index: number, ...rule: MappingRule[]) =>
    setValue(rules.toSpliced(index, 1, ...rule))
  return (
    <div className="field-type feed-rules">
      <FieldLabel label={field.label ?? 'Rules'} path={path} />
      <FieldError path={path} showError={showError} />
      <FieldDescription
        description="What the receiver wants to be different. Rules apply from top to bottom."
        path={path}
      />
      {rules.map((rule, index) => (
        <fieldset className="feed-rules__rule" disabled={isReadOnly} key={index}>
          <legend className="feed-rules__number">Rule {index + 1}</legend>
          <RuleInputs columns={columns} onChange={(next) => replace(index, next)} rule={rule} />
          <button className="feed-button" onClick={() => replace(index)} type="button">
            Remove
          </button>
        </fieldset>
      ))}
      {!isReadOnly && (
        <button
          className="feed-button"
          onClick={() => setValue([...rules, createRule('constant', columns)])}
          type="button"
        >
          Add a rule
        </button>
      )}
    </div>
  )
}

type RuleProps = {
  columns: readonly string[]
  rule: MappingRule
  onChange: (rule: MappingRule) => void
}

function RuleInputs({ columns, onChange, rule }: RuleProps) {
  return (
    <>
      <Choice
        label="What"
        onChoose={(kind) => onChange(createRule(kind as Kind, columns))}
        options={KINDS}
        value={rule.kind}
      />
      {'column' in rule ? (
        <Choice
          label="Column"
          onChoose={(column) => onChange({ ...rule, column })}
          options={Object.fromEntries(columns.map((column) => [column, column]))}
          value={rule.column}
        />
      ) : (
        <Choice
          label="Field"
          onChoose={(field) => onChange({ ...rule, field: field as typeof rule.field })}
          options={CONDITION_FIELDS}
          value={rule.field}
        />
      )}
      <label className="car-feed__field">
        {rule.kind === 'rename' ? 'New name' : 'Value'}
        <input
          onChange={({ target }) => onChange(withText(rule, target.value))}
          type="text"
          value={rule.kind === 'rename' ? rule.to : rule.value}
        />
      </label>
    </>
  )
}

const withText = (rule: MappingRule, text: string): MappingRule =>
  rule.kind === 'rename' ? { ...rule, to: text } : { ...rule, value: text }

function createRule(kind: Kind, [column = '']: readonly string[]): MappingRule {
  if (kind === 'rename') return { kind, column, to: '' }
  return kind === 'constant' ? { kind, column, value: '' } : { kind, field: FIRST_FIELD, value: '' }
}

type ChoiceProps = {
  label: string
  options: Readonly<Record<string, string>>
  value: string
  onChoose: (value: string) => void
}

const Choice = ({ label, onChoose, options, value }: ChoiceProps) => (
  <label className="car-feed__field">
    {label}
    <select onChange={({ target }) => onChoose(target.value)} value={value}>
      {Object.entries(options).map(([name, text]) => (
        <option key={name} value={name}>
          {text}
        </option>
      ))}
    </select>
  </label>
)

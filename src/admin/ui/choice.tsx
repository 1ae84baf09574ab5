'use client'

type Props<Value extends string | number> = {
  label: string
  options: readonly (readonly [value: Value, words: string])[]
  value: Value
  onChoose: (value: Value) => void
}

/** A choice between a few options, as buttons side by side. */
export function Choice<Value extends string | number>({
  label,
  options,
  value,
  onChoose,
}: Props<Value>) {
  return (
    <div aria-label={label} className="range-choice" role="group">
      {options.map(([each, words]) => (
        <button
          aria-pressed={each === value}
          key={each}
          onClick={() => onChoose(each)}
          type="button"
        >
          {words}
        </button>
      ))}
    </div>
  )
}

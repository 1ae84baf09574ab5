'use client'

const RANGES = [
  [6, '6 h', '6 hours'],
  [24, '24 h', '24 hours'],
  [168, '7 days', '7 days'],
] as const

/** The time range of the timeline. */
export function RangeChoice({
  hours,
  onChoose,
}: {
  hours: number
  onChoose: (hours: number) => void
}) {
  return (
    <div aria-label="Time range" className="range-choice" role="group">
      {RANGES.map(([range, label, description]) => (
        <button
          aria-label={`The last ${description}`}
          aria-pressed={range === hours}
          key={range}
          onClick={() => onChoose(range)}
          type="button"
        >
          {label}
        </button>
      ))}
    </div>
  )
}

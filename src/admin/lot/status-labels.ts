/** The labels of a select field by value. */
export function getStatusLabels(field: { type: string } | undefined): Record<string, string> {
  const options =
    field && 'options' in field && Array.isArray(field.options) ? (field.options as unknown[]) : []
  return Object.fromEntries(options.filter(isOption).map(({ value, label }) => [value, label]))
}

function isOption(option: unknown): option is { value: string; label: string } {
  return (
    typeof option === 'object' &&
    option !== null &&
    'label' in option &&
    typeof option.label === 'string'
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

/** Formats one row for COPY … FROM STDIN in its text format, with its line break. */
export const formatCopyRow = (values: readonly (string | number | null)[]): string =>
  `${values.map(formatValue).join('\t')}\n`

const formatValue = (value: string | number | null): string =>
  value === null ? '\\N' : String(value).replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign)

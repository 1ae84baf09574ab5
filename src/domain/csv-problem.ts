const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a cell begins with a quote that is not closed.',
  CSV_MAX_RECORD_SIZE: 'a cell begins with a quote that is not closed, or the line is too long.',
  CSV_INVALID_CLOSING_QUOTE:
    'a quoted cell goes on after its closing quote. Write a quote within it twice.',
  INVALID_OPENING_QUOTE:
    'there is a quote within a cell. Quote the whole cell, and write the quote within it twice.',
}

/** Says what is wrong with a CSV file, by an error of csv-parse; its own message if unknown. */
export const describeCsvProblem = ({ code, message }: { code: string; message: string }): string =>
  PROBLEMS[code] ?? `${message}.`

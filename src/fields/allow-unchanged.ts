type Validate<Value, About> = (
  value: Value | null | undefined,
  about: About,
) => string | true | Promise<string | true>

/**
 * Wraps a check so that it accepts the value that the row already has: a stricter rule does not
 * block saving old rows.
 */
export const allowUnchanged =
  <Value, About extends { previousValue?: unknown }>(
    validate: Validate<Value, About>,
  ): Validate<Value, About> =>
  (value, about) =>
    value === about.previousValue ? true : validate(value, about)

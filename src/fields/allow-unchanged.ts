type Validate<Value, About> = (
  value: Value | null | undefined,
  about: About,
) => string | true | Promise<string | true>

/**
 * Wraps a check so that a value passes if the row already has it: a stricter rule does not block
 * saving old rows.
 */
export const allowUnchanged =
  <Value, About extends { previousValue?: unknown }>(
    validate: Validate<Value, About>,
  ): Validate<Value, About> =>
  (value, about) =>
    value === about.previousValue ? true : validate(value, about)

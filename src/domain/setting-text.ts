/** Pairs of quotation marks that people and tools put around a value. */
const QUOTED = /^(?:(["'`])[^]*\1|“[^]*”|‘[^]*’)$/u
const QUOTE_AT_AN_END = /^["'`“‘]|["'`”’]$/u
/** Control characters. A tab is allowed, because it may separate the fields of a schedule. */
const CONTROL = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}]/u
const INVISIBLE = /[\p{Cf}\p{Cs}]/u

/** Settings whose value may begin or end with a quotation mark. */
const MAY_BEGIN_WITH_QUOTE = /SECRET$|PASSWORD$|_(TOKEN|KEY)$|^MAIL_FROM$|_LABEL$/
/** Settings whose value may contain an invisible joiner, which some scripts and emoji require. */
const MAY_JOIN = /SECRET$|PASSWORD$|^MAIL_FROM$|_LABEL$/

/**
 * Describes a quoted value of a setting. The text continues `PORT is "x", but it …` and has no
 * period. Null if the value is not quoted.
 */
export function findQuoteProblem(name: string, value: string): string | null {
  const written = value.trim()
  const quoted =
    QUOTED.test(written) || (QUOTE_AT_AN_END.test(written) && !MAY_BEGIN_WITH_QUOTE.test(name))
  return quoted ? 'must be written without quotation marks around it' : null
}

/**
 * Does the same for characters that are not visible: a line break, another control character, or a
 * character without width.
 */
export function findHiddenCharacterProblem(name: string, value: string): string | null {
  const hidden = CONTROL.test(value) || (INVISIBLE.test(value) && !MAY_JOIN.test(name))
  return hidden ? 'must be one line without control or invisible characters' : null
}

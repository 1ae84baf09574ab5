/** Pairs of marks that people and tools put around a value. */
const QUOTED = /^(?:(["'`])[^]*\1|“[^]*”|‘[^]*’)$/u
const QUOTE_AT_AN_END = /^["'`“‘]|["'`”’]$/u
/** A tab may stand between the parts of a schedule. */
const CONTROL = /(?!\t)[\p{Cc}\p{Zl}\p{Zp}]/u
const INVISIBLE = /[\p{Cf}\p{Cs}]/u

/** Settings in which a quotation mark may stand at one end. */
const MAY_BEGIN_WITH_QUOTE = /SECRET$|PASSWORD$|_(TOKEN|KEY)$|^MAIL_FROM$|_LABEL$/
/**
 * Settings in which an invisible character may join others, as it does in some scripts and emoji.
 */
const MAY_JOIN = /SECRET$|PASSWORD$|^MAIL_FROM$|_LABEL$/

/**
 * The settings whose value is quoted, with what is wrong; it goes on from "PORT is "x", but it
 * ...", without a full stop.
 */
export function findQuoteProblem(name: string, value: string): string | null {
  const written = value.trim()
  const quoted =
    QUOTED.test(written) || (QUOTE_AT_AN_END.test(written) && !MAY_BEGIN_WITH_QUOTE.test(name))
  return quoted ? 'must be written without quotation marks around it' : null
}

/**
 * The same for what nobody sees: a line break, another control character, or a character without a
 * width.
 */
export function findHiddenCharacterProblem(name: string, value: string): string | null {
  const hidden = CONTROL.test(value) || (INVISIBLE.test(value) && !MAY_JOIN.test(name))
  return hidden ? 'must be one line without control or invisible characters' : null
}

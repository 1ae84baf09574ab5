import { existsSync } from 'node:fs'

/**
 * Whether this machine has a program that some tests need. Where it is missing, a warning says what
 * is not tested; the gate (.ci/run) installs all of them and fails without.
 */
export function findProgram({
  file,
  debianPackage,
  untested,
}: {
  file: string
  debianPackage: string
  /** What goes untested: `Delivery by FTP is`. */
  untested: string
}): boolean {
  if (existsSync(file)) return true
  const wayOut = `Install Debian’s package ${debianPackage}.`
  if (process.env['FORECOURT_CI_RUN']) throw new Error(`The suite needs ${file}. ${wayOut}`)
  process.stderr.write(`\n${file} is missing. ${untested} NOT TESTED. ${wayOut}\n`)
  return false
}

import { spawnSync } from 'node:child_process'
import { findProgram } from './find-program.ts'

const XMLLINT = '/usr/bin/xmllint'
const DTD = 'test/fixtures/adf/adf-1.0.dtd'

const hasXmllint = findProgram({
  file: XMLLINT,
  debianPackage: 'libxml2-utils',
  untested: 'Whether leads are valid ADF is',
})

/** What xmllint says against a text as ADF 1.0; empty for a valid one. */
export function findAdfProblems(xml: string): string {
  if (!hasXmllint) return ''
  const { stderr } = spawnSync(XMLLINT, ['--noout', '--dtdvalid', DTD, '-'], { input: xml })
  return stderr.toString()
}

import { expect, it } from '@jest/globals'
import { findFolderProblem, getDefaultPort } from '../../plugins/exports/domain/channels.ts'

it('a channel has its usual port', () => {
  expect(getDefaultPort('ftp', false)).toBe(21)
  expect(getDefaultPort('ftps', false)).toBe(21)
  expect(getDefaultPort('ftps', true)).toBe(990)
  expect(getDefaultPort('sftp', true)).toBe(22)
})

it('a folder is a path that does not lead out', () => {
  expect(findFolderProblem('/incoming/cars')).toBeNull()
  expect(findFolderProblem('../etc')).toBe('must not contain ..')
  expect(findFolderProblem('a\\b')).toContain('without backslashes')
  expect(findFolderProblem('a\nDELE b')).toContain('must be a path')
})

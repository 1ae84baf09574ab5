/**
 * What the subjects of demo owners start with. No token is accepted for such a subject, whatever an
 * identity provider issues, so nobody can sign in as a demo owner.
 */
const PREFIX = 'forecourt-demo|'

/** The subject of a demo owner: `forecourt-demo|alex-rivera`. */
export const buildDemoSubject = (name: string): string => `${PREFIX}${name}`

/** Whether a subject belongs to a demo owner. */
export const isDemoSubject = (subject: string): boolean => subject.startsWith(PREFIX)

import type supertest from 'supertest'

/** The API as one asker asks it, again and again with the same headers. */
export type Api = ReturnType<typeof supertest.agent>

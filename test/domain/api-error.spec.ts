import { describe, expect, it } from '@jest/globals'
import { buildErrorBody, formatErrorBody, getErrorCode } from '../../src/domain/api-error.ts'

describe('a refusal', () => {
  it('has a message, a code and a path', () => {
    expect(buildErrorBody(404, 'No such car.')).toEqual({
      errors: [{ message: 'No such car.', code: 'not_found', path: null }],
    })
    expect(
      buildErrorBody(400, 'x', { code: 'validation_failed', path: 'vin' }).errors[0],
    ).toMatchObject({ path: 'vin' })
  })

  it.each([
    ['a message of its own', { message: 'Route not found "/api/x"' }, 'Route not found "/api/x"'],
    ['a text', 'Not here', 'Not here'],
    ['nothing', '', 'The request was refused: not found.'],
    ['errors without objects', { errors: ['x'] }, 'The request was refused: not found.'],
    ['an error without a message', { errors: [{}] }, 'Something went wrong.'],
  ])('is made of %s', (_what, body, message) => {
    expect(formatErrorBody(404, body).errors).toEqual([{ message, code: 'not_found', path: null }])
  })

  it('names the field, and each of several', () => {
    const fields = [
      { path: 'vin', message: 'VIN is required' },
      { path: 'price', message: 'Price must be 0.01 or more, not 0' },
    ]
    const one = {
      name: 'ValidationError',
      message: 'VIN is required',
      data: { errors: fields.slice(0, 1) },
    }
    expect(formatErrorBody(400, { errors: [one] }).errors).toEqual([
      { ...one, code: 'validation_failed', path: 'vin' },
    ])
    const both = { name: 'ValidationError', message: 'joined', data: { errors: fields } }
    expect(formatErrorBody(400, { errors: [both] }).errors).toEqual([
      {
        name: 'ValidationError',
        message: 'VIN is required',
        code: 'validation_failed',
        path: 'vin',
        data: { errors: fields },
      },
      { message: 'Price must be 0.01 or more, not 0', code: 'validation_failed', path: 'price' },
    ])
  })

  it('names the column that a query cannot use', () => {
    const error = { name: 'QueryError', message: 'cannot be queried', data: [{ path: 'nope' }] }
    expect(formatErrorBody(400, { errors: [error] }).errors[0]).toMatchObject({
      code: 'bad_request',
      path: 'nope',
    })
  })

  it('keeps a code that is more exact than the status, and what a bulk change reports beside it', () => {
    const terms = { message: 'Agree first.', data: { code: 'terms_required' } }
    expect(formatErrorBody(403, { errors: [terms] }).errors[0]).toMatchObject({
      code: 'terms_required',
    })
    const bulk = {
      docs: [1],
      message: '1 of 2',
      errors: [{ id: 'a', message: 'x', code: 'conflict', path: null }],
    }
    expect(formatErrorBody(400, bulk)).toEqual(bulk)
  })

  it('has a code for every status', () => {
    expect([418, 451, 504].map(getErrorCode)).toEqual([
      'bad_request',
      'bad_request',
      'internal_error',
    ])
  })
})

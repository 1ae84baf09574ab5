import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeQueryProblem, type InputErrors } from '../../api/endpoint-input.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { integerInput, lineInput } from '../../domain/input-schemas.ts'
import { listEngineChoices, listNameChoices, listTransmissionChoices } from '../list-choices.ts'
import { listYears } from '../store/choices.ts'
import {
  ENGINE_CHOICES,
  MAKE_CHOICES,
  MODEL_CHOICES,
  TRANSMISSION_CHOICES,
  TRIM_CHOICES,
  YEAR_CHOICES,
} from './choice-schemas.ts'
import { respondWithList } from './respond-with-list.ts'

const nameInput = (length: number) => lineInput().pipe(z.string().min(1).max(length))

const YEAR = z.object({ year: integerInput(1900, 2999) })
const MAKE = YEAR.extend({ make: nameInput(100) })
const MODEL = MAKE.extend({ model: nameInput(255) })
const TRIM = MODEL.extend({ trim: nameInput(255) })
const ENGINE = TRIM.extend({ engine: nameInput(255).optional() })

/** The error for an invalid choice, which names the choice and shows a whole request. */
const inputErrors: InputErrors = {
  query: (given, error) =>
    new APIError(
      `${describeQueryProblem(given, error)}. Send every choice before this list, for example ` +
        '/api/catalog/trims?year=2021&make=Honda&model=Accord.',
      400,
    ),
}

/** GET /api/catalog/years: the model years of the catalog, latest first. */
const getYears = endpoint({
  method: 'get',
  path: '/catalog/years',
  summary: 'Return the model years of the catalog',
  access: callers.anybody,
  response: describeJson('The years, latest first.', YEAR_CHOICES),
  refusals: [],
  handler: ({ req }) => respondWithList(req, 'years', {}, listYears),
})

/** GET /api/catalog/makes: the makes of a year. */
const getMakes = endpoint({
  method: 'get',
  path: '/catalog/makes',
  summary: 'Return the makes of a model year',
  access: callers.anybody,
  query: YEAR,
  inputErrors,
  response: describeJson('The makes, by name.', MAKE_CHOICES),
  refusals: [400],
  handler: ({ req }, { query }) =>
    respondWithList(req, 'makes', query, (db) => listNameChoices(db, 'make', query)),
})

/** GET /api/catalog/models: the models of a make in a year. */
const getModels = endpoint({
  method: 'get',
  path: '/catalog/models',
  summary: 'Return the models of a make in a model year',
  access: callers.anybody,
  query: MAKE,
  inputErrors,
  response: describeJson('The models, by name.', MODEL_CHOICES),
  refusals: [400],
  handler: ({ req }, { query }) =>
    respondWithList(req, 'models', query, (db) => listNameChoices(db, 'model', query)),
})

/** GET /api/catalog/trims: the trims of a model in a year. */
const getTrims = endpoint({
  method: 'get',
  path: '/catalog/trims',
  summary: 'Return the trims of a model in a model year',
  access: callers.anybody,
  query: MODEL,
  inputErrors,
  response: describeJson('The trims, by name.', TRIM_CHOICES),
  refusals: [400],
  handler: ({ req }, { query }) =>
    respondWithList(req, 'trims', query, (db) => listNameChoices(db, 'trim', query)),
})

/** GET /api/catalog/engines: the engines of a trim. */
const getEngines = endpoint({
  method: 'get',
  path: '/catalog/engines',
  summary: 'Return the engines that a trim was sold with',
  access: callers.anybody,
  query: TRIM,
  inputErrors,
  response: describeJson('The engines, by name.', ENGINE_CHOICES),
  refusals: [400],
  handler: ({ req }, { query }) =>
    respondWithList(req, 'engines', query, (db) => listEngineChoices(db, query)),
})

/** GET /api/catalog/transmissions: the transmissions of a trim, or of one of its engines. */
const getTransmissions = endpoint({
  method: 'get',
  path: '/catalog/transmissions',
  summary: 'Return the transmissions that a trim was sold with',
  access: callers.anybody,
  query: ENGINE,
  inputErrors,
  response: describeJson('The transmissions, by type.', TRANSMISSION_CHOICES),
  refusals: [400],
  handler: ({ req }, { query }) =>
    respondWithList(req, 'transmissions', query, (db) => listTransmissionChoices(db, query)),
})

/** The lists of the cascade year → make → model → trim → engine → transmission. */
export const catalogEndpoints: Endpoint[] = [
  getYears,
  getMakes,
  getModels,
  getTrims,
  getEngines,
  getTransmissions,
]

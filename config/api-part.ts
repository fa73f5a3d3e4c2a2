import { z } from 'zod'
import { LINKED } from './record-link.ts'
import { day, text } from './value.ts'

/** Parts that the shapes of several sources share. */
export const since = day.optional().describe('Take only records changed since this day')

/** Tokens of an application; a refresh token that changes with every use is kept, encrypted, by Embut. */
export const application = { clientId: text, clientSecret: text, refreshToken: text }

export const login = { user: text, password: text.describe('Password of a user with the right to read') }

export const fields = z
  .record(z.string(), z.record(z.string(), text))
  .optional()
  .describe('Fields of your own: stream, column, and the field of the service that it comes from')

export const lines = z
  .boolean()
  .optional()
  .describe('Read products and what deals are made of; default true, false where there are none')

export const links = z
  .partialRecord(
    z.enum(LINKED),
    text.regex(
      /^https?:\/\/\S*\{id\}/i,
      'is not a web address with {id}, e.g. https://crm.example.com/deals/{id}',
    ),
  )
  .optional()
  .describe('Web addresses of records, where they are others than those of the product, with {id} for the id')

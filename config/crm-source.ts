import { z } from 'zod'
import { application, fields, since } from './api-part.ts'
import { strict, url } from './value.ts'

const zoho = strict({
  connector: z.literal('zoho'),
  url: url
    .default('https://accounts.zoho.com')
    .describe('Address that gives tokens, by the data centre, e.g. https://accounts.zoho.eu'),
  auth: strict(application),
  fields,
  since,
})

/** More CRMs with an API, one shape for each connector. */
export const crmSources = [zoho] as const

export const CRM_CONNECTORS = ['zoho'] as const

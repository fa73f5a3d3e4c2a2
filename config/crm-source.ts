import { z } from 'zod'
import { application, fields, lines, links, login, since } from './api-part.ts'
import { strict, text, url } from './value.ts'

const zoho = strict({
  connector: z.literal('zoho'),
  url: url
    .default('https://accounts.zoho.com')
    .describe('Address that gives tokens, by the data centre, e.g. https://accounts.zoho.eu'),
  auth: strict(application),
  invoices: z
    .boolean()
    .optional()
    .describe('Read invoices and their lines, by a call for each changed invoice; default false'),
  leads: z
    .boolean()
    .optional()
    .describe(
      'Read leads that were converted; default true, false where the organisation refuses that query',
    ),
  fields,
  links,
  since,
})

const megaplan = strict({
  connector: z.literal('megaplan'),
  url: url.describe('Address of the account, e.g. https://example.megaplan.ru'),
  auth: strict(login),
  changedField: text
    .default('timeUpdated')
    .describe('Field of deals that tells of their last change, by which changed ones are asked for'),
  lines: lines.describe('Ask for the goods of deals; default true, false where the account refuses them'),
  fields,
  links,
  since,
})

const lists = z
  .record(z.string(), z.string())
  .optional()
  .describe('Where your lists lie, by stream, e.g. deals: app/sales/orders/list; empty: not read')

const elma365 = strict({
  connector: z.literal('elma365'),
  url: url.describe('Address of the tenant, e.g. https://example.elma365.ru'),
  auth: strict({ token: text.describe('Token of the public API') }),
  lists,
  fields,
  links,
  since,
})

const suitecrm = strict({
  connector: z.literal('suitecrm'),
  url: url.describe('Address of the application, e.g. https://crm.example.com'),
  api: text.default('Api').describe('Where its API lies; SuiteCRM 8: legacy/Api'),
  auth: strict({
    clientId: text,
    clientSecret: text.describe('Secret of an OAuth2 client with client credentials'),
  }),
  lines: lines.describe('Read quotes and their lines; default true, false where quotes are not used'),
  fields,
  links,
  since,
})

const sugarcrm = strict({
  connector: z.literal('sugarcrm'),
  url: url.describe('Address of the site, e.g. https://example.sugarondemand.com'),
  apiVersion: text.default('v11_20').describe('Version of the REST API'),
  platform: text.default('embut').describe('API platform that is registered for Embut'),
  auth: strict({
    ...login,
    clientId: text.default('sugar').describe('Id of the OAuth key'),
    clientSecret: z.string().default('').describe('Secret of the OAuth key'),
  }),
  lines: lines.describe(
    'Read revenue line items; default true, false where the site works by opportunities alone',
  ),
  fields,
  links,
  since,
})

const sapCrm = strict({
  connector: z.literal('sap_crm'),
  url: url.describe('Address of the gateway, e.g. https://gateway.example.com:8443'),
  client: z.coerce
    .string()
    .regex(/^\d{3}$/, 'is not the number of a client, e.g. 100')
    .describe('Client of the system'),
  auth: strict(login),
  changedField: text
    .optional()
    .describe('Field that tells of the last change, where the services can be filtered by it'),
  lists,
  fields,
  links,
  since,
})

/** More CRMs with an API, one shape for each connector. */
export const crmSources = [zoho, megaplan, elma365, suitecrm, sugarcrm, sapCrm] as const

export const CRM_CONNECTORS = ['zoho', 'megaplan', 'elma365', 'suitecrm', 'sugarcrm', 'sap_crm'] as const

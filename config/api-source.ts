import { z } from 'zod'
import { application, fields, lines, links, login, since } from './api-part.ts'
import { CRM_CONNECTORS, crmSources } from './crm-source.ts'
import { MARKETING_CONNECTORS, marketingSources } from './marketing-source.ts'
import { strict, text, url, zone } from './value.ts'

const bitrix24 = strict({
  connector: z.literal('bitrix24'),
  url: url.describe('Address of the portal, e.g. https://example.bitrix24.com'),
  auth: z.union([
    strict({ webhook: text.describe('Secret of an incoming webhook, e.g. ${BITRIX_WEBHOOK}') }),
    strict({ ...application, tokenUrl: url.optional() }),
  ]),
  lines: lines.describe('Read what deals are made of, by a call for each 50 changed deals; default true'),
  tasks: z.boolean().optional().describe('Read tasks too, which needs the scope task; default false'),
  payments: z
    .boolean()
    .optional()
    .describe('Read payments of orders, which needs the scope sale and an administrator; default false'),
  links,
  since,
})

const amocrm = strict({
  connector: z.literal('amocrm'),
  url: url.describe('Address of the account, e.g. https://example.amocrm.ru or https://example.kommo.com'),
  auth: z.union([
    strict({ token: text.describe('Long-lived token of a private integration') }),
    strict({ ...application, redirectUri: text }),
  ]),
  links,
  since,
})

const comagic = strict({
  connector: z.literal('comagic'),
  url: url
    .default('https://dataapi.comagic.ru/v2.0')
    .describe('Address of the Data API; UIS: https://dataapi.uiscom.ru/v2.0'),
  auth: strict({ token: text.describe('Permanent key of a user of the Data API') }),
  since,
})

const onec = strict({
  connector: z.literal('onec'),
  url: url.describe('Address of the published infobase, e.g. https://1c.example.com/crm'),
  auth: strict(login),
  zone: zone.optional().describe('Time zone of the server, e.g. Europe/Moscow; default that of the company'),
  sets: z
    .record(z.string(), text)
    .optional()
    .describe('Names of sets in your configuration, e.g. stage_history: InformationRegister_…'),
  fields,
  links,
  since,
})

const hubspot = strict({
  connector: z.literal('hubspot'),
  url: url.default('https://api.hubapi.com').describe('Address of the API'),
  auth: z.union([strict({ token: text.describe('Access token of a private app') }), strict(application)]),
  lines,
  invoices: z.boolean().optional().describe('Read invoices, which not every account has; default false'),
  emails: z.boolean().optional().describe('Read e-mails, by the scope sales-email-read; default false'),
  links,
  since,
})

const dynamics = strict({
  connector: z.literal('dynamics'),
  url: url.describe('Address of the organisation, e.g. https://example.crm4.dynamics.com'),
  auth: strict({
    tenant: text.describe('Id or domain of the tenant'),
    clientId: text,
    clientSecret: text.describe('Secret of the registered application'),
    tokenUrl: url.optional().describe('Address that gives tokens, for national clouds'),
  }),
  fields,
  links,
  since,
})

const creatio = strict({
  connector: z.literal('creatio'),
  url: url.describe('Address of the application, e.g. https://example.creatio.com'),
  auth: z.union([
    strict(login),
    strict({
      clientId: text,
      clientSecret: text,
      tokenUrl: url.describe('Address of the identity service that gives tokens, /connect/token at its end'),
    }),
  ]),
  platform: z
    .enum(['framework', 'core'])
    .default('framework')
    .describe('What the application runs on: .NET Framework (with /0/ in addresses) or .NET Core'),
  fields,
  links,
  since,
})

const sap = strict({
  connector: z.literal('sap'),
  url: url.describe('Address of the tenant, e.g. https://my123456.crm.ondemand.com'),
  auth: strict(login),
  fields,
  links,
  since,
})

const salesforce = strict({
  connector: z.literal('salesforce'),
  url: url.describe('My Domain address, e.g. https://example.my.salesforce.com'),
  apiVersion: text.default('61.0').describe('Version of the REST API'),
  bulk: z.boolean().optional().describe('Read by Bulk API 2.0: for hundreds of thousands of records'),
  lines,
  leads: z.boolean().optional().describe('Read leads; default true, false where they are not switched on'),
  auth: z.union([
    strict(application),
    strict({ clientId: text, clientSecret: text }),
    strict({
      clientId: text.describe('Consumer key of the connected app'),
      privateKey: text.describe('Private key of the certificate that the connected app knows'),
      user: text.describe('Login of the user whose rights are used'),
      audience: url
        .default('https://login.salesforce.com')
        .describe('https://test.salesforce.com for a sandbox'),
    }),
  ]),
  fields,
  links,
  since,
})

/** Sources whose connector reads an API, one shape for each connector. */
export const apiSources = [
  bitrix24,
  amocrm,
  comagic,
  hubspot,
  salesforce,
  onec,
  dynamics,
  ...marketingSources,
  creatio,
  sap,
  ...crmSources,
] as const

export const API_CONNECTORS = [
  'bitrix24',
  'amocrm',
  'comagic',
  'hubspot',
  'salesforce',
  'onec',
  'dynamics',
  ...MARKETING_CONNECTORS,
  'creatio',
  'sap',
  ...CRM_CONNECTORS,
] as const

export type ApiConnector = (typeof API_CONNECTORS)[number]

type Named<T> = T extends unknown ? Readonly<T & { name: string }> : never
export type Bitrix24Source = Named<z.output<typeof bitrix24>>

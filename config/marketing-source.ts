import { z } from 'zod'
import { day, strict, text, url } from './value.ts'

const since = day.optional().describe('Take nothing from before this day')

const tokenUrl = url.default('https://oauth2.googleapis.com/token')

/** Tokens of a Google application; its refresh token stays the same. */
const googleApplication = { clientId: text, clientSecret: text, refreshToken: text, tokenUrl }

/** A service account of Google Cloud, as its key file names it. */
const googleAccount = {
  clientEmail: text.describe('client_email of the key file'),
  privateKey: text.describe('private_key of the key file'),
  subject: text.optional().describe('The user for whom it acts, where the domain lets it'),
  tokenUrl,
}

const yandexDirect = strict({
  connector: z.literal('yandex_direct'),
  url: url.default('https://api.direct.yandex.com').describe('Address of the API'),
  auth: strict({ token: text.describe('OAuth token with access to the API of Direct') }),
  client: text.optional().describe("Login of an agency's client"),
  vat: z.enum(['with', 'without']).default('with').describe('Whether costs hold VAT'),
  since,
})

const yandexMetrica = strict({
  connector: z.literal('yandex_metrica'),
  url: url.default('https://api-metrika.yandex.net').describe('Address of the API'),
  auth: strict({ token: text.describe('OAuth token with the right metrika:read') }),
  counter: z.coerce
    .string()
    .regex(/^\d+$/, 'is not the number of a counter')
    .describe('Number of the counter'),
  since,
})

const googleAnalytics = strict({
  connector: z.literal('google_analytics'),
  url: url.default('https://analyticsdata.googleapis.com').describe('Address of the Data API'),
  auth: z.union([strict(googleApplication), strict(googleAccount)]),
  property: z.coerce
    .string()
    .regex(/^\d+$/, 'is not the number of a property')
    .describe('Number of the property'),
  since,
})

const developerToken = text.describe('Developer token of the manager account')

const googleAds = strict({
  connector: z.literal('google_ads'),
  url: url.default('https://googleads.googleapis.com').describe('Address of the API'),
  version: z
    .string()
    .regex(/^v\d+$/)
    .default('v26')
    .describe('Version of the API; each lives about a year'),
  auth: z.union([
    strict({ ...googleApplication, developerToken }),
    strict({ ...googleAccount, developerToken }),
  ]),
  customer: z.coerce
    .string()
    .regex(/^\d+$/, 'is not digits alone')
    .describe('Number of the account, digits only'),
  manager: z.coerce
    .string()
    .regex(/^\d+$/, 'is not digits alone')
    .optional()
    .describe('Number of the manager account'),
  since,
})

const metaAds = strict({
  connector: z.literal('meta_ads'),
  url: url.default('https://graph.facebook.com').describe('Address of the Graph API'),
  version: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0')
    .describe('Version of the API'),
  auth: strict({ token: text.describe('Token of a system user with ads_read') }),
  account: z.coerce
    .string()
    .regex(/^\d+$/, 'is not digits alone')
    .describe('Number of the ad account, without act_'),
  since,
})

const mailchimp = strict({
  connector: z.literal('mailchimp'),
  url: url.describe('Address of the API, e.g. https://us21.api.mailchimp.com; us21 is the end of the key'),
  auth: strict({ key: text.describe('API key, e.g. 0123…-us21') }),
  since,
})

const matomo = strict({
  connector: z.literal('matomo'),
  url: url.describe('Address of the installation, e.g. https://stats.example.com'),
  auth: strict({ token: text.describe('Auth token of a user who may view the site') }),
  site: z.coerce.string().regex(/^\d+$/, 'is not the number of a site').describe('Number of the site'),
  since,
})

/** Sources of advertising and of visits, one shape for each connector. */
export const marketingSources = [
  yandexDirect,
  yandexMetrica,
  googleAnalytics,
  googleAds,
  metaAds,
  mailchimp,
  matomo,
] as const

export const MARKETING_CONNECTORS = [
  'yandex_direct',
  'yandex_metrica',
  'google_analytics',
  'google_ads',
  'meta_ads',
  'mailchimp',
  'matomo',
] as const

export type Pipeline = {
  readonly id: number
  readonly name: string
  readonly stages: readonly Stage[]
}

export type Stage = {
  readonly id: string
  readonly name: string
  readonly semantics: 'P' | 'S' | 'F'
  /** Median days that a deal stays here before it moves on. */
  readonly days: number
}

/** The steps of both pipelines; a pipeline's last ones are its won and lost stages. */
export const PIPELINES: readonly Pipeline[] = [
  {
    id: 0,
    name: 'Sales',
    stages: [
      { id: 'NEW', name: 'New request', semantics: 'P', days: 1.5 },
      { id: 'PREPARATION', name: 'Qualified', semantics: 'P', days: 5 },
      { id: 'PREPAYMENT_INVOICE', name: 'Offer sent', semantics: 'P', days: 9 },
      { id: 'EXECUTING', name: 'Negotiation', semantics: 'P', days: 8 },
      { id: 'FINAL_INVOICE', name: 'Contract', semantics: 'P', days: 4 },
      { id: 'WON', name: 'Won', semantics: 'S', days: 0 },
      { id: 'LOSE', name: 'Lost', semantics: 'F', days: 0 },
      { id: 'APOLOGY', name: 'Cancelled by us', semantics: 'F', days: 0 },
    ],
  },
  {
    id: 1,
    name: 'Renewals',
    stages: [
      { id: 'C1:NEW', name: 'Due for renewal', semantics: 'P', days: 6 },
      { id: 'C1:PREPARATION', name: 'Contacted', semantics: 'P', days: 7 },
      { id: 'C1:EXECUTING', name: 'Terms agreed', semantics: 'P', days: 5 },
      { id: 'C1:WON', name: 'Renewed', semantics: 'S', days: 0 },
      { id: 'C1:LOSE', name: 'Not renewed', semantics: 'F', days: 0 },
    ],
  },
]

/** `weight`: share of the deals; `quality`: how much likelier its deals are won than the average. */
export const LEAD_SOURCES = [
  { id: 'WEB', name: 'Website', weight: 30, quality: 0.9, utm: ['google', 'organic'] },
  { id: 'ADVERTISING', name: 'Online advertising', weight: 22, quality: 0.62, utm: ['google', 'cpc'] },
  { id: 'CALL', name: 'Incoming call', weight: 16, quality: 1.1, utm: null },
  { id: 'RECOMMENDATION', name: 'Recommendation', weight: 12, quality: 1.55, utm: null },
  { id: 'TRADE_SHOW', name: 'Trade show', weight: 8, quality: 0.8, utm: null },
  { id: 'EMAIL', name: 'Newsletter', weight: 7, quality: 0.75, utm: ['newsletter', 'email'] },
  { id: 'PARTNER', name: 'Partner', weight: 5, quality: 1.3, utm: null },
] as const

export const LOST_REASONS = [
  { name: 'Price too high', weight: 30 },
  { name: 'Chose a competitor', weight: 24 },
  { name: 'No answer', weight: 20 },
  { name: 'No budget', weight: 12 },
  { name: 'Bad timing', weight: 9 },
  { name: 'Not a fit', weight: 5 },
] as const

export type Product = {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly price: number
  readonly cost: number
}

/** Sold by the department of the same position in `DEPARTMENT_PRODUCTS`; prices in EUR with VAT. */
export const PRODUCTS: readonly Product[] = [
  { id: 'P-101', name: 'Roof Kit 4 kW', category: 'Solar', price: 5900, cost: 3700 },
  { id: 'P-102', name: 'Roof Kit 8 kW', category: 'Solar', price: 9800, cost: 6500 },
  { id: 'P-103', name: 'Balcony Kit', category: 'Solar', price: 890, cost: 560 },
  { id: 'P-104', name: 'Home Battery 5', category: 'Storage', price: 3600, cost: 2500 },
  { id: 'P-105', name: 'Home Battery 10', category: 'Storage', price: 6400, cost: 4400 },
  { id: 'P-106', name: 'Wallbox 11', category: 'Charging', price: 1150, cost: 700 },
  { id: 'P-201', name: 'Plant 30 kW', category: 'Solar', price: 31000, cost: 22500 },
  { id: 'P-202', name: 'Plant 100 kW', category: 'Solar', price: 89000, cost: 66000 },
  { id: 'P-203', name: 'Storage Rack 50', category: 'Storage', price: 42000, cost: 31000 },
  { id: 'P-204', name: 'Fleet Charging', category: 'Charging', price: 18500, cost: 12600 },
  { id: 'P-301', name: 'Care Plan Basic', category: 'Service', price: 290, cost: 110 },
  { id: 'P-302', name: 'Care Plan Plus', category: 'Service', price: 690, cost: 290 },
  { id: 'P-303', name: 'Inspection', category: 'Service', price: 240, cost: 130 },
  { id: 'P-304', name: 'Repair', category: 'Service', price: 540, cost: 320 },
]

/** Spellings that somebody typed; the first is joined by a rule of `embut.yaml`, the second is left to be found. */
export const MISSPELLINGS: Readonly<Record<string, string>> = {
  'Wallbox 11': 'WallBox11',
  'Care Plan Plus': 'Careplan Plus',
}

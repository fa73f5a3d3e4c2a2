/** What words begin with that speak of a topic, by topic and language, as the warehouse has them. */
export const SHIPPED_VOICE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  price: {
    en: 'price expens cheap discount cost budget',
    es: 'preci caro cara barat descuent cost presupuest',
    de: 'preis teuer billig rabatt kosten budget',
    fr: 'prix cher remise coût budget',
    ru: 'цен дорог дешев скидк стоимост бюджет',
  },
  competitor: {
    en: 'competit rival',
    es: 'competid competenc',
    de: 'wettbewerb konkurren',
    fr: 'concurren',
    ru: 'конкурент',
  },
  delivery: {
    en: 'deliver shipp shipment courier',
    es: 'entreg envío envio',
    de: 'liefer versand',
    fr: 'livrais livrer expédi',
    ru: 'доставк отгруз',
  },
  packaging: {
    en: 'packag',
    es: 'embalaj empaquet',
    de: 'verpack',
    fr: 'emballag',
    ru: 'упаков',
  },
  quality: {
    en: 'quality defect broken faulty complain return',
    es: 'calidad defect roto averia queja reclam devuel',
    de: 'qualität mangel defekt beschwerd reklam',
    fr: 'qualité défaut cassé réclam plaint',
    ru: 'качеств брак дефект сломан жалоб возврат',
  },
  timing: {
    en: 'timing postpon delay deadline',
    es: 'plazo aplaz retras',
    de: 'termin verschob verspät',
    fr: 'délai retard report',
    ru: 'срок задерж отлож',
  },
}

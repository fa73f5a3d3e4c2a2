import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Yandex.Metrica by its Logs API: every visit with its source, ordered, downloaded in parts and cleaned up. */
export const yandexMetrica = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))

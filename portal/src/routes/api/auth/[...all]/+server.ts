import { services } from '#services'
import type { RequestHandler } from './$types'

const answer: RequestHandler = ({ request, getClientAddress }) =>
  services().auth.handle(request, getClientAddress())

export { answer as GET, answer as POST }

/** What the checks say of a record, in Spanish, by their English up to a colon. */
export const findings: Readonly<Record<string, string>> = {
  'A chain of shared numbers or addresses joins too many clients; none of them was merged':
    'Una cadena de números o direcciones compartidos une a demasiados clientes; no se unió a ninguno',
  'Calls come from an extension that no person, or more than one, has':
    'Hay llamadas de una extensión que no tiene nadie, o que tiene más de una persona',
  'Deals name a product that the product list does not have':
    'Hay negocios con un producto que no está en la lista de productos',
  'Deals name a product that the product list has in another spelling':
    'Hay negocios con un producto que la lista de productos escribe de otra forma',
  'Deals spell a product in another way than the product list; a rule joins them':
    'Hay negocios que escriben un producto de otra forma que la lista de productos; una regla los une',
  'No date says when the deal was created; it is in no cohort':
    'Ninguna fecha dice cuándo se creó el negocio; no está en ninguna cohorte',
  'No exchange rate on or before the day; the amount is in no total':
    'No hay tipo de cambio de ese día ni anterior; el importe no está en ningún total',
  'Not a telephone number': 'No es un número de teléfono',
  'Not merged': 'No se unieron',
  'One email for several clients, not merged': 'Un correo para varios clientes, que no se unieron',
  'One phone for several clients, not merged': 'Un teléfono para varios clientes, que no se unieron',
  'Records name a person whom no list of people has':
    'Hay registros de una persona que no está en ninguna lista de personas',
  'Rows wait in quarantine': 'Hay filas que no se pudieron usar',
  'No source has invoices of deals; no deal counts as a sale':
    'Ninguna fuente tiene facturas de negocios; ningún negocio cuenta como venta',
  'No source tells when deals are paid; no deal counts as a sale':
    'Ninguna fuente dice cuándo se pagan los negocios; ningún negocio cuenta como venta',
  'The company counts without VAT and the deal has no net amount; it is in no total':
    'La empresa cuenta sin IVA y el negocio no tiene importe neto; no está en ningún total',
  'The deal closed before it was created': 'El negocio se cerró antes de crearse',
  'The deal has a negative amount and is not won': 'El negocio tiene un importe negativo y no está ganado',
  'Money came in a currency that has no rate to that of the deal; what was received is in no total':
    'Llegó dinero en una moneda sin tipo de cambio a la del negocio; lo recibido no está en ningún total',
  'The lines of the deal add up to another amount than the deal has':
    'Las líneas del negocio suman otro importe que el del negocio',
  'The deal has no stage that is known': 'El negocio no tiene ninguna etapa conocida',
  'The deal is closed, but no date says when; it is in no month':
    'El negocio está cerrado, pero ninguna fecha dice cuándo; no está en ningún mes',
  'Two people have one name; link them if they are one':
    'Dos personas tienen el mismo nombre; únalas si son la misma',
  'Calls with numbers that no client has; here how many numbers':
    'Llamadas con números que ningún cliente tiene; aquí cuántos números',
  'Records name deals that their source does not have; here the first':
    'Hay registros con negocios que su fuente no tiene; aquí el primero',
  'Open deals belong to somebody who is not active any more; here how many clients wait':
    'Hay negocios abiertos de alguien que ya no está activo; aquí cuántos clientes esperan',
  'Deals name no client that is known; they are in no segment':
    'Hay negocios sin cliente conocido; no están en ningún segmento',
  'Deals name a branch that the settings do not have; its times are the company’s':
    'Hay negocios con una sucursal que los ajustes no tienen; sus horas son las de la empresa',
  'The source last loaded a day or more before the newest load':
    'La última carga de la fuente es de un día o más antes que la más reciente',
}

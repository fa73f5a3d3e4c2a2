/** A valid German mobile number for any index, never the same for two indexes below 10 million. */
export function mobileNumber(index: number): string {
  const prefix = ['151', '152', '157', '160', '170', '171', '172', '175', '176', '179'][index % 10] ?? '151'
  // 7919 shares no factor with ten million, so the mapping has no collisions.
  const line = ((Math.floor(index / 10) + 1) * 7919) % 10_000_000
  return `${prefix}${String(line).padStart(7, '0')}${(index * 3) % 10}`
}

/** One of the five ways in which people type the same number; `national` has no leading zero. */
export function formatPhone(national: string, style: number): string {
  const [area, line] = [national.slice(0, 3), national.slice(3)]
  switch (style % 5) {
    case 0:
      return `+49${national}`
    case 1:
      return `0${area} ${line}`
    case 2:
      return `0049 ${area} ${line.slice(0, 4)} ${line.slice(4)}`
    case 3:
      return `(0${area}) ${line.slice(0, 3)}-${line.slice(3, 5)}-${line.slice(5)}`
    default:
      return `+49 (0)${area} / ${line}`
  }
}

/** Hands a file to the browser to save. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A file name from words. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .replace(/[<>:"/\\|?*\s]+/g, ' ')
    .trim()
    .slice(0, 80)
  return `${name === '' ? 'chart' : name}.${extension}`
}

/** A drawing as it stands on the page, with its background, so that it can be read anywhere. */
export function svgSource(drawing: SVGSVGElement, background: string): string {
  const copy = document.importNode(drawing, true)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: background })) {
    back.setAttribute(name, value)
  }
  copy.insertBefore(back, copy.firstChild)
  return new XMLSerializer().serializeToString(copy)
}

/** Paints a drawing at twice its size. Throws when the browser can't. */
export async function pngOf(
  source: string,
  size: { readonly width: number; readonly height: number },
): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = size.width * 2
  canvas.height = size.height * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture is empty')) : resolve(blob)),
      'image/png',
    ),
  )
}

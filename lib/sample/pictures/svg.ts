/** A rounded rectangle. */
export function box(x: number, y: number, width: number, height: number, fill: string, radius = 0) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

export function disc(x: number, y: number, radius: number, fill: string) {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

export function ring(x: number, y: number, radius: number, stroke: string, width: number) {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
}

export function area(d: string, fill: string) {
  return `<path d="${d}" fill="${fill}"/>`;
}

export function stroke(d: string, colour: string, width: number) {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function turned(degrees: number, ...parts: string[]) {
  return `<g transform="rotate(${degrees} 300 300)">${parts.join("")}</g>`;
}

/** The same part, moved `dx`, `dy` further each time. */
export function repeated(times: number, part: (index: number) => string) {
  return Array.from({ length: times }, (_, index) => part(index)).join("");
}

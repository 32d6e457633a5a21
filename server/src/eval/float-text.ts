export function floatToText(x: number): string {
  return x.toFixed(6)
}
export function floatToShortText(x: number): string {
  return String(Number(x.toPrecision(6)))
}
export function jsonFloat(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e15 ? `${x}.0` : String(x)
}

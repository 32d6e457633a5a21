export class JsonError extends Error {}
export function parseJson(text: string): unknown {
  return JSON.parse(text)
}

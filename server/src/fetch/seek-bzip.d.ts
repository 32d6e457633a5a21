// Types of the package `seek-bzip`, which brings none.

declare module "seek-bzip" {
  /** Where decompressed bytes go. */
  interface ByteSink {
    writeByte(byte: number): void
    flush(): void
  }
  export function decode(input: Buffer, output: ByteSink, multistream?: boolean): void
}

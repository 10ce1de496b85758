// The one function of spark-md5 that is used here; the package brings no types.
declare module 'spark-md5' {
  const SparkMD5: {
    readonly ArrayBuffer: {
      /** @returns the 16 bytes as a binary string */
      hash(bytes: ArrayBuffer, raw: true): string;
    };
  };
  export default SparkMD5;
}

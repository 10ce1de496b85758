// The digest by which CouchDB knows an attachment; WebCrypto has no MD5.
import SparkMD5 from 'spark-md5';

/** As in the attachment's `digest`, without `md5-` before it. */
export const attachmentMd5 = (bytes: ArrayBuffer): string => btoa(SparkMD5.ArrayBuffer.hash(bytes, true));

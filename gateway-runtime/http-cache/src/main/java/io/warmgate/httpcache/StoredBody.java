package io.warmgate.httpcache;

/** The content of an entry: at hand, or in chunks in a store. */
public sealed interface StoredBody permits Bytes, ChunkedBody {

  /** In bytes. */
  int length();
}

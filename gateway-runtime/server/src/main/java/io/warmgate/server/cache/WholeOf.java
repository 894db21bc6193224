package io.warmgate.server.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.httpcache.FieldList;
import io.warmgate.server.exchange.OriginResponse;

/**
 * The 200 that a 206 is a part of, to be judged; its content is not there.
 *
 * @param fields of the whole
 */
record WholeOf(OriginResponse part, FieldList fields) implements OriginResponse {
  WholeOf(OriginResponse part, io.warmgate.httpcache.Fields fields) {
    this(part, FieldList.copyOf(fields));
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public MultiMap headers() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    fields.forEach(headers::add);
    return headers;
  }

  @Override
  public ReadStream<Buffer> body() {
    throw new UnsupportedOperationException("only a part of it is there");
  }

  @Override
  public MultiMap trailers() {
    return part.trailers();
  }

  @Override
  public void abort() {
    part.abort();
  }
}

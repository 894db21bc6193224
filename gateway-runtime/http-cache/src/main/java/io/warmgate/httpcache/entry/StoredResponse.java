package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StoredBody;
import java.util.List;

/**
 * A response as it is kept, complete and immutable.
 *
 * @param fields without those that must not be stored (RFC 9111 §3.1)
 * @param body as received, content codings included
 */
public record StoredResponse(
    int status, FieldList fields, StoredBody body, Validity validity, Provenance provenance)
    implements Slot {

  public StoredResponse {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("not a final status: " + status);
    }
  }

  @Override
  public Bytes keyMaterial() {
    return provenance.keyMaterial();
  }

  /**
   * The body of an entry that has it at hand.
   *
   * @throws IllegalStateException where it lies in chunks
   */
  public Bytes whole() {
    return switch (body) {
      case Bytes bytes -> bytes;
      case ChunkedBody chunked -> throw new IllegalStateException(chunked + " is to be streamed");
    };
  }

  /** The same answer, its body lying elsewhere or here. */
  public StoredResponse with(StoredBody same) {
    return new StoredResponse(status, fields, same, validity, provenance);
  }

  /**
   * Whether this one's request was sent before the other's, by log position, then time: an older
   * fill never replaces a newer entry.
   */
  public boolean isOlderThan(StoredResponse other) {
    int byPosition = provenance.position().compareTo(other.provenance.position());
    return byPosition != 0
        ? byPosition < 0
        : validity.requestMillis() < other.validity.requestMillis();
  }

  /** The same, stale since then: a soft purge names it. */
  public StoredResponse staleSince(long millis) {
    return new StoredResponse(status, fields, body, validity.endedAt(millis), provenance);
  }

  /** The same under other tags. */
  public StoredResponse tagged(List<String> tags) {
    return new StoredResponse(
        status,
        fields,
        body,
        validity,
        new Provenance(
            provenance.keyMaterial(), provenance.generation(), provenance.position(), tags));
  }

  /** An estimate of the memory it takes, for a store that is bounded in bytes. */
  public long weight() {
    long weight = 256L + body.length() + keyMaterial().length();
    for (int i = 0; i < fields.size(); i++) {
      weight += 64L + fields.name(i).length() + fields.value(i).length();
    }
    for (String tag : provenance.tags()) {
      weight += 32L + tag.length();
    }
    return weight;
  }
}

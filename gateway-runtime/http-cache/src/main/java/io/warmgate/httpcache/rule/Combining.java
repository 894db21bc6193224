package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.StoredResponse;

/**
 * Parts made into one, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-3.4">RFC 9111
 * §3.4</a> and <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7.3">RFC 9110
 * §15.3.7.3</a>.
 */
public final class Combining {
  private Combining() {}

  /**
   * "A client that has received multiple partial responses to GET requests on a target resource MAY
   * combine those responses into a larger continuous range if they share the same strong
   * validator." The length of the whole is of the representation too: where it is another one, one
   * of the two tags lies.
   *
   * @param fields of the other part
   * @param length of its whole
   */
  public static boolean isSame(PartialResponse stored, Fields fields, long length) {
    String tag = stored.fields().first("etag");
    String other = fields.first("etag");
    return tag != null
        && other != null
        && PartialStorage.hasStrongTag(fields)
        && EntityTag.stronglyMatches(tag, other)
        && stored.length() == length;
  }

  /**
   * §3.4: "When combining the new response with one or more stored responses, a cache MUST update
   * the stored response header fields using the header fields provided in the new response, as
   * described in Section 3.2." Those that the new one does not repeat stay: an answer to {@code
   * If-Range} need not say what was told before.
   */
  public static FieldList fields(PartialResponse stored, Fields newer) {
    return StoredFields.updated(stored.fields(), newer);
  }

  /**
   * A part that was stored, and one of the same representation that was asked for later: under the
   * head of the later one.
   *
   * @param maxBytes of all pieces
   */
  public static PartialResponse combine(
      PartialResponse stored, PartialResponse newer, long maxBytes) {
    if (!isSame(stored, newer.fields(), newer.length())) {
      throw new IllegalArgumentException("parts of two representations");
    }
    StoredResponse head = newer.head();
    StoredResponse updated =
        new StoredResponse(
            head.status(),
            fields(stored, head.fields()),
            head.body(),
            head.validity(),
            head.provenance());
    return newer.addedTo(stored.with(updated), maxBytes);
  }
}

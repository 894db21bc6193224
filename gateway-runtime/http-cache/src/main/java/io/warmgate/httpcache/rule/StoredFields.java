package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import java.util.HashSet;
import java.util.Set;

/**
 * Which fields of a response are stored, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-3.1">RFC 9111 §3.1</a>, and how a 304
 * changes them, <a href="https://www.rfc-editor.org/rfc/rfc9111#section-3.2">§3.2</a>.
 */
final class StoredFields {
  /**
   * RFC 9110 §7.6.1 and RFC 9111 §3.1: of one connection or one proxy only. {@code Age} is in the
   * entry's age; {@code Content-Length} is the body's.
   */
  private static final Set<String> NEVER =
      Set.of(
          "age",
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * §3.2: fields may be left as they are where that is "necessary to assure integrity of the stored
   * response": a 304 cannot change how the stored bytes are to be decoded.
   */
  private static final Set<String> OF_CONTENT = Set.of("content-encoding", "content-range");

  private StoredFields() {}

  /**
   * What is stored.
   *
   * @param date sent as {@code Date} where the response has none, RFC 9110 §6.6.1: "A recipient
   *     with a clock that receives a response message without a Date header field MUST record the
   *     time it was received and append a corresponding Date header field to the message's header
   *     section if it is cached"
   */
  static FieldList of(Fields response, CacheControl.Response directives, long date) {
    Set<String> dropped = dropped(response, directives);
    FieldList.Builder stored = FieldList.builder();
    FieldList.copyOf(response).keep(name -> !dropped.contains(name)).forEach(stored::add);
    if (!response.contains("date")) {
      stored.add("date", HttpDate.format(date));
    }
    return stored.build();
  }

  /**
   * §3.2: "the cache MUST add each header field in the provided response to the stored response,
   * replacing field values that are already present", with the exceptions of §3.1 and of the fields
   * that describe the stored bytes.
   */
  static FieldList updated(FieldList stored, Fields notModified) {
    Set<String> except = dropped(notModified, TargetedCacheControl.of(notModified));
    except.addAll(OF_CONTENT);
    FieldList news = FieldList.copyOf(notModified).keep(name -> !except.contains(name));
    FieldList.Builder merged = FieldList.builder();
    stored.keep(name -> !news.contains(name)).forEach(merged::add);
    news.forEach(merged::add);
    return merged.build();
  }

  private static Set<String> dropped(Fields response, CacheControl.Response directives) {
    Set<String> dropped = new HashSet<>(NEVER);
    // §3.1: "The Connection header field and fields whose names are listed in it".
    dropped.addAll(ListMembers.lowerCase(response.all("connection")));
    // §5.2.2.4: "a cache MAY use the response to satisfy a subsequent request [...] if the listed
    // header fields are excluded from the subsequent response".
    dropped.addAll(directives.noCacheFields());
    // §5.2.2.7: "a shared cache MUST NOT store the listed header fields if they are present in the
    // original response but MAY store the remainder of the response message without those header
    // fields".
    dropped.addAll(directives.privateFields());
    return dropped;
  }
}
